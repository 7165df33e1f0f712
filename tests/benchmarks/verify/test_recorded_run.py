"""A recorded run from its CSV files to its check, and back from every alteration to the row that was altered."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks import run
from benchmarks.cli.app import app
from benchmarks.verify import Report, verify

ITEMS = [f"item-{number}" for number in range(6)]
LABELS = {
    "kind": ["safe", "safe", "safe", "unsafe", "safe", "I'm sorry, I can't"],
    "stern": ["unsafe", "safe", "unsafe", "unsafe", "unsafe", "unsafe"],
    "erratic": ["unsafe", "unsafe", "", "safe", "abstain", "unsafe"],
}
GOLD = ["unsafe", "safe", "safe", "unsafe", "safe", "unsafe"]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished run."""
    source = tmp_path_factory.mktemp("recorded")
    votes = [f'{item},{juror},"{labels[at]}"\n' for juror, labels in LABELS.items() for at, item in enumerate(ITEMS)]
    (source / "ballots.csv").write_text("item_id,juror,label\n" + "".join(votes))
    (source / "gold.csv").write_text(
        "item_id,label\n" + "".join(f"{item},{label}\n" for item, label in zip(ITEMS, GOLD, strict=True))
    )
    out = source / "out"
    run(source, jury="recorded", out=out)
    return out


@pytest.fixture
def folder(finished: Path, tmp_path: Path) -> Path:
    """A copy of the finished run, to be tampered with."""
    return Path(shutil.copytree(finished, tmp_path / "run"))


def tampered(folder: Path, statement: str) -> Report:
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as connection, connection:
        assert connection.execute(statement).rowcount == 1
    return verify(folder)


def test_a_finished_run_holds(finished: Path) -> None:
    report = verify(finished)

    assert report.findings == ()
    assert report.checked["calls"] == report.checked["trials"] == 18
    assert report.checked["verdicts"] == report.checked["lines of verdicts.jsonl"] == 6


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        (
            "UPDATE calls SET completion = json_set(completion, '$.text', '{\"choice\": \"safe\"}')"
            " WHERE json_extract(request, '$.item') = 'item-3' AND model LIKE '%#stern'",
            "#stern, case item-3, assessment round 0, seat ",
        ),
        (
            "UPDATE calls SET completion = json_set(completion, '$.cost', 1.0)"
            " WHERE json_extract(request, '$.item') = 'item-5' AND model LIKE '%#kind'",
            "#kind, case item-5, assessment round 0, seat ",
        ),
        (
            "UPDATE calls SET request = json_set(request, '$.temperature', 1.5)"
            " WHERE json_extract(request, '$.item') = 'item-1' AND model LIKE '%#kind'",
            "#kind, case item-1, assessment round 0, seat ",
        ),
        (
            "UPDATE cases SET record = json_set(record, '$.gold[0].label', 'safe') WHERE case_id = 'item-0'",
            "cases row case item-0",
        ),
        (
            "UPDATE verdicts SET record = json_set(record, '$.outcome.choice', 'safe') WHERE case_id = 'item-3'",
            "verdicts row case item-3",
        ),
        (
            "UPDATE trials SET call = (SELECT max(key) FROM calls) WHERE rowid ="
            " (SELECT min(rowid) FROM trials WHERE case_id = 'item-2' AND call < (SELECT max(key) FROM calls))",
            "trials row case item-2, assessment round 0, seat ",
        ),
        ("UPDATE runs SET manifest = json_set(manifest, '$.jury.rule.name', 'any')", "runs row "),
    ],
)
def test_exactly_the_row_that_was_altered_is_named_as_altered(folder: Path, statement: str, row: str) -> None:
    findings = tampered(folder, statement).findings

    assert row in findings[0].where
    assert [finding.where for finding in findings if "was altered" in finding.what] == [findings[0].where]


@pytest.mark.parametrize(
    ("table", "where"),
    [
        ("calls", "rowid = 7"),
        ("trials", "rowid = 7"),
        ("verdicts", "case_id = 'item-4'"),
        ("cases", "case_id = 'item-4'"),
    ],
)
def test_a_row_that_is_gone_is_missed(folder: Path, table: str, where: str) -> None:
    report = tampered(folder, f"DELETE FROM {table} WHERE {where}")

    assert any("missing" in finding.what for finding in report.findings)


def test_two_lines_that_changed_places_are_named(folder: Path) -> None:
    path = folder / "verdicts.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([lines[1], lines[0], *lines[2:]]))

    assert [finding.where for finding in verify(folder).findings] == [
        "verdicts.jsonl line 1 (case item-0)",
        "verdicts.jsonl line 2 (case item-1)",
    ]


def test_every_single_number_of_the_results_is_checked(folder: Path) -> None:
    path = folder / "results.json"
    document, altered = json.loads(path.read_text()), []
    path.write_text(json.dumps(shifted(document, "", altered)))

    assert len(altered) > 80
    assert {finding.where for finding in verify(folder).findings} == {f"results.json {place}" for place in altered}


def shifted(value: object, place: str, altered: list[str]) -> object:
    """A document with each of its numbers a little larger; `altered` gets the way to every one."""
    if isinstance(value, dict):
        return {name: shifted(item, f"{place}.{name}".strip("."), altered) for name, item in value.items()}
    if isinstance(value, list):
        return [shifted(item, f"{place}[{number}]", altered) for number, item in enumerate(value)]
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    altered.append(place)
    return value + (1e-6 if isinstance(value, float) else 1)


def test_the_command_says_that_a_run_holds_or_exits_with_one(folder: Path) -> None:
    held = CliRunner().invoke(app, ["verify", str(folder)])
    assert held.exit_code == 0
    assert "no difference" in held.stdout

    tampered(folder, "UPDATE verdicts SET record = json_set(record, '$.positive', true) WHERE case_id = 'item-1'")
    found = CliRunner().invoke(app, ["verify", str(folder), "--json"])
    assert found.exit_code == 1
    assert json.loads(found.stdout)["findings"][0]["where"] == "verdicts row case item-1"
