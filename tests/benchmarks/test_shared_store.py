"""What looks into a ledger finds in a database what it finds in a file, and keeps to its own run."""

from pathlib import Path

import pytest
from command import jury
from postgres import ask

from benchmarks.calls import kept_calls
from benchmarks.verify import verify
from benchmarks.viewer.index import Index, Wishes
from benchmarks.viewer.index.filling import bring_up_to_date
from benchmarks.viewer.places import Catalogue

LIMIT = 3


@pytest.fixture
def run(tmp_path: Path, database: str) -> Path:
    """A finished run in a database that another run has written, too."""
    judge(tmp_path / "other", database, "--rule", "any:1")
    return judge(tmp_path / "run", database)


def judge(folder: Path, database: str, *more: str) -> Path:
    arguments = ("--target", "rehearsal/reckless", "--jury", "poll", "--limit", str(LIMIT), "--store", database)
    finished = jury("run", "sample", *arguments, "--out", folder, *more)
    assert finished.code == 0, finished.err
    return folder


def test_figures_and_calls_are_those_of_a_file(tmp_path, run, database):
    arguments = ("--target", "rehearsal/reckless", "--jury", "poll", "--limit", str(LIMIT))
    assert jury("run", "sample", *arguments, "--out", tmp_path / "file").code == 0
    stats, of_file = (jury("ledger", "stats", place, "--json").document for place in (run, tmp_path / "file"))
    assert stats["ledger"] == database
    assert stats["bytes"] > 0
    assert stats["total"]["calls"] == of_file["total"]["calls"]
    case = ("--case", "medical_advice-en-plain-3a2bda3e", "--json")
    shown, in_file = (jury("ledger", "show", place, *case).document for place in (run, tmp_path / "file"))
    assert [call["for"] for call in shown] == [call["for"] for call in in_file]


def test_an_altered_row_is_named_mended_and_made_again(run, database):
    key = ask(database, "SELECT min(call) FROM trials WHERE phase = 'assessment'")[0][0]
    ask(database, f"UPDATE calls SET completion = '{{}}' WHERE key = '{key}'")
    assert any("does not fit its digest" in str(finding) for finding in verify(run).findings)
    document = jury("ledger", "mend", run, "--yes", "--json").document
    assert document["altered"] == {"calls": 1}
    assert document["cases"] == 2
    judge(run, database)
    judge(run.parent / "other", database, "--rule", "any:1")
    for folder in (run, run.parent / "other"):
        assert not verify(folder).findings


def test_pruning_keeps_what_any_run_of_the_database_rests_on(run, database):
    ask(database, "INSERT INTO calls SELECT repeat('a', 64), model, request, completion, digest FROM calls LIMIT 1")
    assert jury("ledger", "prune", run, "--unused", "--yes", "--json").document["calls"] == 1
    for folder in (run, run.parent / "other"):
        assert not verify(folder).findings


def test_an_unfinished_run_beside_it_keeps_its_calls(run, database):
    ask(database, "DELETE FROM verdicts WHERE run = (SELECT min(run) FROM runs) AND case_id LIKE 'medical%'")
    finished = jury("ledger", "prune", run, "--unused", "--yes")
    assert "cases have no verdict yet" in finished.err


def test_another_runs_rows_are_not_this_ones_to_answer_for(run, database):
    (place,) = Catalogue([run]).runs.values()
    ask(database, f"UPDATE verdicts SET record = '{{}}' WHERE run <> '{place.id}'")
    assert not verify(run).findings
    assert verify(run.parent / "other").findings


def test_the_viewers_index_follows_a_database(tmp_path, run, database):
    (place,) = Catalogue([run]).runs.values()
    index = Index(tmp_path / "index.sqlite", tmp_path)
    bring_up_to_date(index, place)
    rows, total = index.page(Wishes.of({}))
    assert (len(rows), total) == (LIMIT, LIMIT)
    states = {row["case_id"]: row["state"] for row in rows}
    with kept_calls(run) as calls:
        assert {one.case_id: one.outcome.state for _, _, one in calls.verdicts_after(place.id, 0)} == states
    ask(database, f"DELETE FROM verdicts WHERE run = '{place.id}'")
    bring_up_to_date(index, place)
    assert {row["state"] for row in index.page(Wishes.of({}))[0]} == {"waiting"}
    judge(run, database)
    bring_up_to_date(index, place)
    assert {row["case_id"]: row["state"] for row in index.page(Wishes.of({}))[0]} == states


def test_the_viewer_shows_report_and_labels_of_a_run_in_a_database(tmp_path, run):
    report = tmp_path / "report.html"
    assert jury("report", run, "--out", report).code == 0
    assert "rehearsal/reckless" in report.read_text()
    export = jury("export", run, "--format", "csv", "--out", tmp_path / "rows.csv")
    assert export.code == 0, export.err


def test_an_estimate_of_a_further_jury_looks_into_the_database(run):
    document = jury("judge", run, "--jury", "poll", "--rule", "any:2", "--dry-run", "--json").document
    assert document["cases"] == LIMIT
