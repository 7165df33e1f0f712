"""Two processes at one store: the second is turned away in one sentence, and goes on once the first is done or dead."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command import jury
from killing import committed
from model_server import ModelServer
from served_run import JURORS, Gate, Material, ended, killed, sentence, start, until

from benchmarks.verify import verify

CASES = 12

pytestmark = pytest.mark.slow


@pytest.fixture
def gate() -> Gate:
    return Gate(CASES + 6)


@pytest.fixture
def material(tmp_path: Path, gate: Gate) -> Iterator[Material]:
    with ModelServer(gate) as server:
        yield Material(tmp_path, server).written(CASES)
        gate.open()


def test_a_second_run_of_one_folder_is_turned_away_and_nothing_is_asked_twice(tmp_path, material, gate):
    out = tmp_path / "run"
    first = start(material.run(out))
    until(lambda: len(committed(out)) > 3, first)
    told = sentence(start(material.run(out)), 2)
    assert told == (
        f"{out} is in use by another process ({first.pid}); "
        "wait until it is done or stop it, then give the same command again"
    )
    stats = start(["ledger", "stats", str(out), "--json"])
    assert json.loads(ended(stats))
    gate.open()
    ended(first)
    assert set(material.server.asked.values()) == {1}
    assert len(material.server.asked) == CASES * (1 + JURORS)
    ended(start(material.run(out)))
    assert set(material.server.asked.values()) == {1}
    assert not verify(out).findings


def test_a_process_that_is_killed_leaves_its_folder_to_the_next_at_once(tmp_path, material, gate):
    out = tmp_path / "run"
    first = start(material.run(out))
    until(lambda: len(committed(out)) > 3, first)
    killed(first)
    gate.open()
    finished = committed(out)
    ended(start(material.run(out)))
    assert {material.server.asked[question] for question in finished} == {1}
    assert not verify(out).findings


def test_of_two_juries_at_one_store_the_second_is_turned_away_and_judges_later(tmp_path, material, gate):
    out = tmp_path / "run"
    ended(start(material.answer(out)))
    first = start(material.judge(out, "one"))
    until(lambda: len(committed(out)) > CASES, first)
    assert "in use by another process" in sentence(start(material.judge(out, "two")), 2)
    gate.open()
    ended(first)
    ended(start(material.judge(out, "two")))
    assert set(material.server.asked.values()) == {1}
    for name in ("one", "two"):
        assert not verify(out / "juries" / name).findings


HOLDER = "import sys; from pathlib import Path; from jury.ledger.lock import writing\n" + (
    "with writing(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
)


@contextmanager
def held_elsewhere(folder: Path) -> Iterator[None]:
    """A folder that another process writes in."""
    folder.mkdir(parents=True, exist_ok=True)
    holding = [sys.executable, "-c", HOLDER, str(folder)]
    with subprocess.Popen(holding, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        yield
        other.kill()


def test_whoever_would_write_in_a_folder_that_another_process_writes_in_is_turned_away(tmp_path):
    run, data, case = tmp_path / "run", tmp_path / "set", tmp_path / "case.json"
    case.write_text('{"id": "c", "prompt": "Is this plan a good one?", "response": "Yes."}')
    judged = ("--jury", "poll", "--panel", "rehearsal")
    target = ("--target", "rehearsal/reckless")
    assert jury("run", "sample", *target, "--limit", "2", "--out", run, *judged).code == 0
    with held_elsewhere(run), held_elsewhere(data / "workings"):
        for writes in (
            ("run", "sample", *target, "--limit", "2", "--out", run, *judged),
            ("answer", "sample", *target, "--limit", "2", "--out", run),
            ("judge", run, *judged, "--name", "two"),
            ("deliberate", case, *judged, "--out", run),
            ("generate", "dataset", "--committee", "rehearsal", "--per-scenario", "1", "--out", data),
        ):
            said = jury(*writes)
            assert said.code == 2, said
            assert "is in use by another process" in said.err
            assert "Traceback" not in said.err
        for reads in (("verify", run), ("report", run, "-o", tmp_path / "report.html"), ("ledger", "stats", run)):
            assert jury(*reads).code == 0
