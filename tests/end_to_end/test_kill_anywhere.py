"""`kill -9` where files take their place, and while answers or verdicts are collected: the same command ends the work."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from killing import committed
from model_server import ModelServer
from served_run import JURORS, Gate, Material, ended, killed, start, until

from benchmarks.verify import verify

CASES = 8

#: Loaded by Python before anything else: the process dies where a file of that name is about to take its place.
KILLER = """
import os, signal

place = os.replace

def replace(source, target, **more):
    if os.path.basename(target) == os.environ["KILL_AT"]:
        os.kill(os.getpid(), signal.SIGKILL)
    return place(source, target, **more)

os.replace = replace
"""

pytestmark = pytest.mark.slow


@pytest.fixture
def gate() -> Gate:
    return Gate(CASES + 5)


@pytest.fixture
def material(tmp_path: Path, gate: Gate) -> Iterator[Material]:
    with ModelServer(gate) as server:
        yield Material(tmp_path, server).written(CASES)
        gate.open()


@pytest.mark.parametrize("name", ["manifest.json", "verdicts.jsonl", "results.json"])
def test_killed_where_a_file_takes_its_place_a_run_ends_and_asks_nothing_twice(tmp_path, material, gate, name):
    gate.open()
    out, killer = tmp_path / "run", tmp_path / "killer"
    killer.mkdir()
    (killer / "sitecustomize.py").write_text(KILLER)
    process = start(material.run(out), PYTHONPATH=str(killer), KILL_AT=name)
    process.communicate(timeout=180)
    assert process.returncode == -signal.SIGKILL
    assert not (out / name).exists()
    ended(start(material.run(out)))
    assert len(material.server.asked) == CASES * (1 + JURORS)
    assert set(material.server.asked.values()) == {1}
    assert not verify(out).findings


def test_killed_while_answers_and_then_verdicts_are_collected_both_go_on(tmp_path, material, gate):
    out = tmp_path / "run"
    answering = start(material.answer(out))
    until(lambda: len(committed(out)) > 0, answering)
    killed(answering)
    paid = material.paid(out)
    ended(start(material.answer(out)))
    assert material.paid(out).items() >= paid.items()
    judging = start(material.judge(out, "one"))
    until(lambda: len(committed(out)) > CASES, judging)
    killed(judging)
    paid = material.paid(out)
    gate.open()
    ended(start(material.judge(out, "one")))
    assert material.paid(out).items() >= paid.items()
    assert len(committed(out)) == CASES * (1 + JURORS)
    assert not verify(out / "juries" / "one").findings
