"""Runs that were moved, made by another release, or whose ledger was altered: they go on, or one sentence says why not."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from command import complaint, jury
from viewers import ADA, client, run_path, viewer, words

from jury.ledger.schema import SCHEMA_VERSION

DATA = Path(__file__).parent.parent / "data"

CASE = '{"id": "%s", "prompt": "Is this plan a good one?"}'
IDS = ("plan", "walk", "lake")


def judged(folder: Path, out: str = "run") -> tuple[str | Path, ...]:
    """The arguments of a run that scripted models judge; its cases are written where there are none."""
    cases = folder / "cases.jsonl"
    if not cases.exists():
        cases.write_text("\n".join(CASE % name for name in IDS))
    scripted = ("--target", "rehearsal/reckless", "--jury", "poll", "--panel", "rehearsal", "--rubric", "safebench")
    return ("run", cases, "--out", folder / out, *scripted)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("finished")
    assert jury(*judged(folder)).code == 0
    return folder


@pytest.fixture
def place(finished: Path, tmp_path: Path) -> Path:
    """A folder of one's own with a finished run in it, and its cases."""
    shutil.copytree(finished, tmp_path / "here")
    return tmp_path / "here"


def told(*arguments: str | Path) -> str:
    """The sentence with which a command took its leave, after whatever it said of its progress."""
    finished = jury(*arguments)
    assert finished.code in {2, 3}, finished
    assert "Traceback" not in finished.err
    (line,) = [line for line in finished.err.splitlines() if line.startswith("jury: ")]
    return line


def changed(run: Path, *statements: str) -> None:
    """The ledger of a run, with some statements carried out on it by hand."""
    with sqlite3.connect(run / "ledger.sqlite") as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def kept(run: Path) -> dict[str, str]:
    """What came back on every call in a ledger, by its key."""
    connection = sqlite3.connect(run / "ledger.sqlite")
    rows = connection.execute("SELECT key, completion FROM calls").fetchall()
    connection.close()
    return dict(rows)


def test_a_run_that_was_moved_goes_on_and_is_verified_reported_and_viewed(place, tmp_path):
    before = kept(place / "run")
    changed(place / "run", "DELETE FROM verdicts WHERE case_id = 'walk'", "DELETE FROM trials WHERE case_id = 'walk' AND phase != 'target'")  # fmt: skip
    moved = tmp_path / "elsewhere" / "deeper"
    moved.parent.mkdir()
    place.rename(moved)
    assert jury(*judged(moved)).code == 0
    assert kept(moved / "run") == before
    assert jury("verify", moved / "run").code == 0
    assert jury("report", moved / "run", "-o", tmp_path / "report.html").code == 0
    with viewer(tmp_path / "cache", moved / "run") as address, client(address, ADA) as asked:
        assert asked.get(run_path(asked)).status_code == 200


def test_a_call_that_was_altered_is_not_taken_for_an_answer_and_verification_names_it(place):
    run = place / "run"
    changed(
        run,
        "DELETE FROM verdicts WHERE case_id = 'walk'",
        "UPDATE calls SET completion = replace(completion, 'safe', 'unsafe')",
    )
    said = told(*judged(place))
    assert "the row of `calls` with key" in said
    assert "is not as it was written; restore the file from a copy, or have `jury ledger mend` drop it" in said
    found = jury("verify", run)
    assert found.code != 0
    assert "was altered" in found.out
    assert jury("ledger", "mend", run, "--yes").code == 0
    assert jury(*judged(place)).code == 0
    assert jury("verify", run).code == 0


@pytest.mark.parametrize(("table", "column"), [("calls", "completion"), ("verdicts", "record"), ("answers", "record"), ("cases", "record"), ("trials", "call"), ("runs", "manifest")])  # fmt: skip
def test_what_was_altered_is_dropped_on_request_and_made_again_and_no_other_call_is(place, table, column):
    run = place / "run"
    untouched = kept(run)
    changed(run, f"UPDATE {table} SET {column} = {column} || ' ' WHERE rowid = (SELECT min(rowid) FROM {table})")
    asked = jury("ledger", "mend", run, "--json").document
    assert (asked["altered"], asked["mended"]) == ({table: 1}, False)
    assert jury("verify", run).code != 0
    assert jury("ledger", "mend", run, "--yes", "--json").document["mended"]
    assert kept(run).items() <= untouched.items()
    assert len(kept(run)) == len(untouched) - (table == "calls")
    assert jury(*judged(place)).code == 0
    assert kept(run).keys() == untouched.keys()
    assert jury("verify", run).code == 0
    assert jury("ledger", "mend", run).out.startswith("Rows that are not as they were written: none")


@pytest.mark.parametrize(("table", "column"), [("verdicts", "record"), ("cases", "record"), ("calls", "completion")])
def test_a_row_torn_in_the_middle_is_named_by_every_command_that_reads_it(place, tmp_path, table, column):
    run = place / "run"
    changed(run, f"UPDATE {table} SET {column} = substr({column}, 1, length({column}) / 2) || x'ff00'")
    assert f"the row of `{table}` with" in told(*judged(place))
    found = jury("verify", run)
    assert found.code != 0
    assert "was altered" in found.out
    assert "Traceback" not in found.err
    for reading in (("report", run, "-o", tmp_path / "report.html"), ("export", run, "-o", tmp_path / "run.csv")):
        assert jury(*reading).code == 0 or told(*reading)


@pytest.mark.parametrize("table", ["verdicts", "cases"])
def test_the_viewer_says_in_one_sentence_that_a_row_is_torn(place, tmp_path, table):
    run = place / "run"
    changed(run, f"UPDATE {table} SET record = substr(record, 1, length(record) / 2)")
    with viewer(tmp_path / "cache", run) as address, client(address, ADA) as asked:
        assert "be read; jury verify says more" in words(asked.get("/").text)


def test_a_database_that_is_damaged_is_one_sentence_for_every_command(place, tmp_path):
    run = place / "run"
    ledger = (run / "ledger.sqlite").read_bytes()
    (run / "ledger.sqlite").write_bytes(ledger[:4096] + b"\xaa" * (len(ledger) - 4096))
    for asked in (judged(place), ("verify", run), ("ledger", "stats", run), ("export", run, "-o", tmp_path / "x.csv")):
        assert "ledger" in told(*asked)


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A run as the release with schema 2 left it."""
    shutil.copytree(DATA / "run-of-schema-2", tmp_path / "older")
    return tmp_path / "older"


def version(run: Path) -> str:
    connection = sqlite3.connect(run / "ledger.sqlite")
    (found,) = connection.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
    connection.close()
    return str(found)


def test_a_run_of_schema_2_is_verified_reported_exported_and_judged_again(older, tmp_path):
    assert jury("verify", older).code == 0
    assert jury("report", older, "-o", tmp_path / "report.html").code == 0
    assert jury("export", older, "-o", tmp_path / "run.csv").code == 0
    judging = ("--jury", "poll", "--panel", "rehearsal", "--rubric", "refusal", "--name", "later")
    assert jury("judge", older, *judging).code == 0
    assert jury("verify", older / "juries" / "later").code == 0
    assert version(older) == str(SCHEMA_VERSION)


def test_a_ledger_of_schema_1_gets_the_tables_it_lacks(older):
    changed(older, "DROP TABLE answers", "UPDATE meta SET value = '1' WHERE name = 'schema'")
    assert jury("ledger", "stats", older).code == 0
    assert "no answer yet; run its command again" in complaint("judge", older, "--jury", "poll", "--panel", "rehearsal")
    assert version(older) == str(SCHEMA_VERSION)


def test_a_ledger_of_a_later_release_is_refused_with_the_way_out(older):
    changed(older, f"UPDATE meta SET value = '{SCHEMA_VERSION + 1}' WHERE name = 'schema'")
    said = complaint("judge", older, "--jury", "poll", "--panel", "rehearsal")
    assert "was written by a newer release" in said
    assert "upgrade multimodal-jury" in said
