"""Each run is opened by itself: a damaged one is shown as damaged, and hides no other."""

import json
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest
from report_runs import plain_run
from viewers import case_path, client, viewer, waiting_trial, words

from benchmarks.held_by_hand import BY_HAND
from benchmarks.viewer.index.database import Index, remove_orphans


def truncate_ledger(run: Path) -> None:
    ledger = run / "ledger.sqlite"
    ledger.write_bytes(ledger.read_bytes()[:5000])


def tear_row(run: Path) -> None:
    with sqlite3.connect(run / "ledger.sqlite") as connection:
        connection.execute("UPDATE verdicts SET record = substr(record, 1, 40)")


def empty_ledger(run: Path) -> None:
    (run / "ledger.sqlite").write_bytes(b"")


def break_manifest(run: Path) -> None:
    (run / "manifest.json").write_text("{ not json")


def strange_manifest(run: Path) -> None:
    manifest = json.loads((run / "manifest.json").read_text())
    (run / "manifest.json").write_text(json.dumps({**manifest, "jury": {"panel": 3}}))


def break_results(run: Path) -> None:
    (run / "results.json").write_text("[]")


DAMAGE = [truncate_ledger, tear_row, empty_ledger, break_manifest, strange_manifest, break_results]


@pytest.fixture
def store(tmp_path, plain) -> Path:
    for name in ("good", "bad"):
        shutil.copytree(plain, tmp_path / "store" / name)
    return tmp_path / "store"


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_run_is_named_beside_a_good_one(tmp_path, store, damage):
    damage(store / "bad")
    with viewer(tmp_path / "cache", store) as at, client(at) as asked:
        page = asked.get("/")
        assert page.status_code == 200
        shown, _, damaged = words(page.text).partition("Damaged, not shown")
        assert "good" in shown
        assert str(store / "bad") in damaged
        assert str(store / "good") not in damaged
        assert asked.get("/trials").status_code == 200


@pytest.mark.parametrize("damage", [one for one in DAMAGE if one is not tear_row])
def test_damage_while_the_viewer_is_open_is_shown_too(tmp_path, store, damage):
    with viewer(tmp_path / "cache", store) as at, client(at) as asked:
        first = asked.get("/")
        assert "Damaged" not in first.text
        damage(store / "bad")
        page = asked.get("/")
        assert page.status_code == 200
        assert str(store / "bad") in words(page.text).partition("Damaged, not shown")[2]
        for link in {part.split('"')[0] for part in first.text.split('href="')[1:] if part.startswith("/runs/")}:
            answer = asked.get(link)
            assert answer.status_code in {200, 404, 500}
            assert "Something broke" not in answer.text


def test_a_row_that_is_torn_after_it_was_indexed_is_named_where_it_is_read(tmp_path, store):
    with viewer(tmp_path / "cache", store / "bad") as at, client(at) as asked:
        case = case_path(asked, "c1")
        tear_row(store / "bad")
        assert asked.get("/").status_code == 200
        answer = asked.get(case)
        assert answer.status_code == 500
        assert str(store / "bad") in words(answer.text)


def test_a_viewer_opens_on_damaged_runs_alone(tmp_path, store):
    break_manifest(store / "bad")
    with viewer(tmp_path / "cache", store / "bad") as at, client(at) as asked:
        assert "No judged run can be shown." in words(asked.get("/").text)


def test_a_damaged_trial_is_named_beside_the_runs(tmp_path, store):
    out = waiting_trial(tmp_path)
    shutil.move(out, store / "seat")
    (trial,) = (store / "seat" / BY_HAND).glob("*.json")
    trial.write_text("{}")
    with viewer(tmp_path / "cache", store) as at, client(at) as asked:
        for page in ("/", "/trials"):
            assert trial.name in words(asked.get(page).text).partition("Damaged, not shown")[2]


def test_an_index_can_be_read_by_its_owner_alone(tmp_path, plain):
    with viewer(tmp_path / "cache", plain) as at, client(at) as asked:
        asked.get("/")
        files = list((tmp_path / "cache").iterdir())
        assert files
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_indices_go_with_their_runs(tmp_path):
    here, gone = tmp_path / "here", tmp_path / "gone"
    for number, run in enumerate((here, gone)):
        run.mkdir()
        Index(tmp_path / f"{number:032x}.sqlite", run)
    gone.rmdir()
    (tmp_path / "0f.sqlite").write_text("somebody else's")
    assert [path.stem for path in remove_orphans(tmp_path)] == [f"{1:032x}"]
    assert sorted(path.name for path in tmp_path.glob("*.sqlite")) == [f"{0:032x}.sqlite", "0f.sqlite"]


def test_a_run_in_its_folder_is_found_whatever_lies_beside_it(tmp_path):
    (tmp_path / "store").mkdir()
    run = plain_run(tmp_path / "store")
    (tmp_path / "store" / "other").mkdir()
    (tmp_path / "store" / "other" / "manifest.json").write_text('{"name": "another tool"}')
    with viewer(tmp_path / "cache", tmp_path / "store") as at, client(at) as asked:
        assert "Damaged" not in asked.get("/").text
    assert run.is_dir()
