"""Gold labels that change after a run began: no call is made again, figures are new, and all of it verifies."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from scripted import ScriptedTransport

from benchmarks.gold.corrections import read_corrections
from benchmarks.judging import judged
from benchmarks.results import Results
from benchmarks.runs import held
from benchmarks.settings import JudgeSettings, RunSettings
from benchmarks.verify import verify
from benchmarks.viewer.index.database import Index
from benchmarks.viewer.index.filling import bring_up_to_date
from benchmarks.viewer.places import Catalogue
from jury import InputError

Write = Callable[..., None]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "cases.jsonl"


@pytest.fixture
def write(source: Path) -> Write:
    """Writes a file of answered cases, each with the label given; None: without one."""

    def written(*labels: str | None) -> None:
        rows = [{"id": f"c{n}", "prompt": f"{n}?", "response": "Yes.", "gold": label} for n, label in enumerate(labels)]
        source.write_text("\n".join(map(json.dumps, rows)))

    return written


@pytest.fixture
def settings(source: Path, tmp_path: Path) -> RunSettings:
    seats = [{"name": name, "model": f"test/{name}"} for name in ("unsafe", "safe", "follower")]
    return RunSettings(source=str(source), out=tmp_path / "run", jury="poll", panel={"name": "p", "seats": seats})


def run(settings: RunSettings) -> tuple[Results, int]:
    """The results, and how many calls it took to get them."""
    transport = ScriptedTransport()
    found = asyncio.run(held(settings, transport=transport))
    return found, len(transport.requests)


def accuracy(results: Results, juror: str) -> float:
    found: float = results.document["jurors"][juror]["accuracy"]
    return found


def test_a_corrected_label_costs_no_call_and_changes_the_figures(write, settings):
    write("unsafe", "unsafe", "safe")
    first, asked = run(settings)
    write("unsafe", "safe", "safe")
    again, more = run(settings)
    assert (asked, more) == (9, 0)
    assert [accuracy(one, "safe") for one in (first, again)] == pytest.approx([1 / 3, 2 / 3])
    assert first.document["gold"]["sha256"] != again.document["gold"]["sha256"]
    assert first.document["run"] == again.document["run"]
    assert verify(settings.out).ok


def test_a_label_may_come_go_and_come_back(write, settings):
    write("unsafe", None, "safe")
    first, _ = run(settings)
    write("unsafe", "safe", None)
    moved, more = run(settings)
    assert (moved.document["gold"]["labelled"], more) == (2, 0)
    assert verify(settings.out).ok
    write("unsafe", None, "safe")
    back, _ = run(settings)
    assert back.document == first.document
    assert not (settings.out / "gold.json").exists()


def test_cases_that_are_new_are_judged_while_labels_of_others_change(write, settings):
    write("unsafe", "unsafe")
    run(settings)
    write("Safe", "unsafe", "safe")
    _, more = run(settings)
    assert more == 3
    assert verify(settings.out).ok


def test_a_run_cut_down_keeps_the_corrections_of_the_cases_it_leaves_out(write, settings):
    write("unsafe", "unsafe", "safe")
    run(settings)
    write("unsafe", "unsafe", "unsafe")
    run(settings)
    found, _ = run(settings.but(limit=1))
    assert found.document["gold"]["labels"] == [{"label": "unsafe", "means": "unsafe", "count": 1}]
    assert len(read_corrections(settings.out)) == 1


def test_an_answer_that_changed_is_still_another_run(write, settings, source):
    write("unsafe", "unsafe")
    run(settings)
    source.write_text(source.read_text().replace("Yes.", "No."))
    with pytest.raises(InputError, match="case 'c0' has changed since the run in this folder began"):
        run(settings)


def test_labels_of_the_sets_own_may_change_too(write, settings):
    own = settings.but(rubric="safebench", positive="bad")
    write("bad", "fine", "fine")
    first, _ = run(own)
    write("bad", "bad", "okay")
    again, more = run(own)
    assert more == 0
    assert first.document["run"] == again.document["run"]
    assert [row["means"] for row in again.document["gold"]["labels"]] == ["safe", "unsafe"]
    assert verify(settings.out).ok


def test_a_label_that_nobody_knows_leaves_the_run_as_it_was(write, settings):
    write("unsafe", "unsafe", "safe")
    run(settings)
    write("unsafe", "unsfae", "safe")
    with pytest.raises(InputError, match="'unsfae'"):
        run(settings)
    assert verify(settings.out).ok
    ignoring, more = run(settings.but(ignore_labels=True))
    assert (ignoring.document["gold"]["ignored"], ignoring.document["panel"]["n"], more) == (1, 2, 0)
    assert verify(settings.out).ok


def test_a_further_jury_judges_by_the_labels_that_count_now(write, settings):
    def judge() -> tuple[Results, int]:
        transport = ScriptedTransport()
        stated: dict[str, Any] = {"run": settings.out, "jury": "single", "name": "one", "rubric": "safebench"}
        panel = {"name": "p", "seats": [{"name": "unsafe", "model": "test/unsafe"}]}
        found = asyncio.run(judged(JudgeSettings(**stated, panel=panel), transport=transport))
        return found, len(transport.requests)

    write("unsafe", "unsafe", "safe")
    run(settings)
    assert accuracy(judge()[0], "unsafe") == pytest.approx(2 / 3)
    write("safe", "unsafe", "safe")
    run(settings)
    found, more = judge()
    assert (accuracy(found, "unsafe"), more) == (pytest.approx(1 / 3), 0)
    assert verify(settings.out / "juries" / "one").ok


def test_the_viewer_shows_the_labels_that_count_now(write, settings, tmp_path):
    def truths() -> list[str | None]:
        (place,) = Catalogue([settings.out]).runs.values()
        bring_up_to_date(index, place)
        return [row["truth"] for row in index.rows("SELECT truth FROM cases ORDER BY position")]

    write("unsafe", "unsafe", "safe")
    run(settings)
    index = Index(tmp_path / "index.sqlite", settings.out)
    assert truths() == ["unsafe", "unsafe", "safe"]
    write("unsafe", "Safe.", None)
    run(settings)
    assert truths() == ["unsafe", "safe", None]


def test_a_correction_that_is_altered_or_gone_is_found(write, settings):
    write("unsafe", "unsafe", "safe")
    run(settings)
    write("unsafe", "safe", "safe")
    run(settings)
    kept = settings.out / "gold.json"
    kept.write_bytes(kept.read_bytes().replace(b'"safe"', b'"unsafe"'))
    assert "gold.sha256" in {finding.where.split()[-1] for finding in verify(settings.out).findings}
    kept.unlink()
    assert not verify(settings.out).ok


def test_a_meaning_that_is_altered_is_found(write, settings):
    write("unsafe", "unsafe", "safe")
    run(settings)
    kept = settings.out / "manifest.json"
    manifest = json.loads(kept.read_bytes())
    manifest["gold"]["unsafe"] = "safe"
    kept.write_text(json.dumps(manifest))
    assert "manifest.json gold.unsafe" in {finding.where for finding in verify(settings.out).findings}
