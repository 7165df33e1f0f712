"""A run whose ledger is in PostgreSQL: killed with it or without it, beside others, and without a word of its password."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from killing import committed
from model_server import ModelServer
from postgres import CAREFUL, PASSWORD, ask, new_server
from served_run import JURORS, Gate, Material, ended, killed, sentence, start, until

from benchmarks.verify import verify

CASES = 12
CALLS = CASES * (1 + JURORS)

pytestmark = pytest.mark.slow


@pytest.fixture
def gate() -> Gate:
    return Gate(CASES + 6)


@pytest.fixture
def material(tmp_path: Path, gate: Gate, database: str) -> Iterator[Material]:
    with ModelServer(gate) as server:
        yield Material(tmp_path, server, database).written(CASES)
        gate.open()


def test_killed_and_given_again_a_run_pays_nothing_twice(tmp_path, material, gate):
    out = tmp_path / "run"
    first = start(material.run(out))
    until(lambda: len(committed(out)) > 8, first)
    killed(first)
    paid = material.paid(out)
    gate.open()
    ended(start(material.run(out)))
    assert material.paid(out).items() >= paid.items()
    assert len(committed(out)) == CALLS
    assert not verify(out).findings
    assert not (out / "ledger.sqlite").exists()


def test_a_database_that_is_killed_ends_the_run_in_one_sentence_and_once_it_is_back_the_run_goes_on(tmp_path, gate):
    postgres = new_server()
    try:
        with ModelServer(gate) as server:
            material, out = Material(tmp_path, server, postgres.database()).written(CASES), tmp_path / "run"
            first = start(material.run(out))
            until(lambda: len(committed(out)) > 8 and gate.waiting >= 6, first)
            paid_before = committed(out)
            postgres.kill()
            received, in_flight = len(server.requests), len(server.requests) - len(paid_before)
            gate.open()
            told = sentence(first, 3)
            assert len(server.requests) - received <= in_flight
            lost = len(server.requests) - len(paid_before)
            assert f":{postgres.port}/" in told
            assert told.endswith("mend that, and the same command goes on from here")
            assert "see that the server runs" in sentence(start(material.run(out)), 2)
            postgres.start()
            paid = material.paid(out)
            assert len(paid) > 8
            ended(start(material.run(out)))
            assert material.paid(out).items() >= paid.items()
            assert len(committed(out)) == CALLS
            assert sum(server.asked.values()) - CALLS <= lost
            assert not verify(out).findings
    finally:
        postgres.stop()
        postgres.remove()


def test_the_same_run_from_another_folder_waits_for_the_first_and_then_finds_everything(tmp_path, material, gate):
    here, there = tmp_path / "here", tmp_path / "there"
    first = start(material.run(here))
    until(lambda: len(committed(here)) > 3, first)
    told = sentence(start(material.run(there)), 2)
    assert "is in use by another process (jury on " in told
    assert f"process {first.pid}); wait until it is done" in told
    gate.open()
    ended(first)
    ended(start(material.run(there)))
    assert set(material.server.asked.values()) == {1}
    assert (here / "verdicts.jsonl").read_bytes() == (there / "verdicts.jsonl").read_bytes()
    assert not verify(there).findings


def test_several_runs_write_one_database_at_once_and_each_verifies(tmp_path, material, gate):
    gate.open()
    folders = [tmp_path / f"run {number}" for number in range(3)]
    runs = [start([*material.run(out), "--rule", f"any:{number + 1}"]) for number, out in enumerate(folders)]
    for run in runs:
        ended(run)
    for out in folders:
        report = verify(out)
        assert not report.findings
        assert report.checked["verdicts"] == CASES
    assert ask(str(material.store), "SELECT count(*), count(DISTINCT key) FROM calls") == [(CALLS, CALLS)]
    assert ask(str(material.store), "SELECT count(*) FROM verdicts") == [(3 * CASES,)]


def test_a_password_is_written_nowhere_and_asked_for_in_the_usual_places(tmp_path, material, gate, postgres):
    gate.open()
    bare = postgres.database(CAREFUL)
    told = replace(material, store=bare.replace(f"{CAREFUL}@", f"{CAREFUL}:{PASSWORD}@"))
    out = tmp_path / "run"
    said = ended(start(told.run(out)))
    assert PASSWORD not in said
    assert bare in said
    written = [path for path in tmp_path.rglob("*") if path.is_file() and PASSWORD.encode() in path.read_bytes()]
    assert written == []
    assert "PGPASSWORD" in sentence(start(["ledger", "stats", str(out)]), 2)
    assert "PGPASSWORD" in sentence(start(["verify", str(out)]), 2)
    assert json.loads(ended(start(["ledger", "stats", str(out), "--json"], PGPASSWORD=PASSWORD)))["ledger"] == bare
    ended(start(["verify", str(out)], PGPASSWORD=PASSWORD))
    wrong = bare.replace(f"{CAREFUL}@", f"{CAREFUL}:not-{PASSWORD}@")
    assert PASSWORD not in sentence(start(replace(material, store=wrong).run(out)), 2)


def test_answers_and_juries_lie_in_the_database_that_the_run_names(tmp_path, material, gate):
    gate.open()
    out = tmp_path / "run"
    ended(start(material.answer(out)))
    for name in ("one", "two"):
        ended(start(material.judge(out, name)))
        assert not verify(out / "juries" / name).findings
    assert set(material.server.asked.values()) == {1}
    assert not verify(out).findings
