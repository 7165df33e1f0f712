"""A run that is told to stop sends nothing more, keeps what is in flight, and pays for nothing twice when it goes on."""

import random
import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from killing import committed
from model_server import ModelServer, Served, deterministic_juror
from served_run import JURORS, Material, ended, start, until

from benchmarks.verify import verify

CASES = 30

pytestmark = pytest.mark.slow


class Turnstile:
    """Lets so many questions pass and holds all others until it is opened; `waiting` counts those."""

    def __init__(self) -> None:
        self._free = 0
        self.waiting = 0
        self._changed = threading.Condition()

    def __call__(self, request: dict[str, Any]) -> Served:
        with self._changed:
            self.waiting += 1
            self._changed.wait_for(lambda: self._free > 0, timeout=120)
            self._free -= 1
            self.waiting -= 1
            self._changed.notify_all()
        return deterministic_juror(request)

    def let_pass(self, number: int) -> None:
        """Let so many more pass."""
        with self._changed:
            self._free += number
            self._changed.notify_all()

    @property
    def used_up(self) -> bool:
        """Whether nobody more may pass."""
        return self._free == 0

    def let_all_pass(self) -> None:
        """Let everybody pass who waits, and wait until they have."""
        self.let_pass(self.waiting)
        with self._changed:
            self._changed.wait_for(lambda: self.waiting == 0, timeout=120)

    def shut(self) -> None:
        """Let nobody more pass."""
        with self._changed:
            self._free = 0


def told_to_stop(process: "subprocess.Popen[str]") -> int:
    """How many calls a command says to have in flight when it hears that it is to stop."""
    assert process.stderr is not None
    for line in process.stderr:
        if told := re.match(r"Stopping: calls in flight \((\d+)\) are finished", line):
            return int(told.group(1))
    raise AssertionError("the command ended without a word")


@pytest.fixture
def turnstile() -> Turnstile:
    return Turnstile()


@pytest.fixture
def material(tmp_path: Path, turnstile: Turnstile) -> Iterator[Material]:
    with ModelServer(turnstile) as server:
        yield Material(tmp_path, server).written(CASES)


def test_after_a_signal_only_calls_in_flight_are_answered_and_none_is_paid_for_twice(tmp_path, material, turnstile):
    out, server = tmp_path / "run", material.server
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGTERM, signal.SIGINT):
        process = start(material.run(out))
        turnstile.let_pass(5)
        until(lambda: turnstile.waiting >= 3, process)
        process.send_signal(number)
        in_flight = told_to_stop(process)
        answered = sum(server.asked.values())
        turnstile.let_pass(1000)
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 3, errors
        name = "Ctrl-C" if number == signal.SIGINT else "SIGTERM"
        assert errors.endswith(
            f"jury: stopped by {name}; every finished call is kept, and the same command goes on from here\n"
        )
        assert 3 <= sum(server.asked.values()) - answered <= in_flight
        assert len(committed(out)) == sum(server.asked.values())
        turnstile.shut()
    turnstile.let_pass(1000)
    ended(start(material.run(out)))
    assert set(server.asked.values()) == {1}
    assert len(server.requests) == CASES * (1 + JURORS)
    assert not verify(out).findings


def test_a_second_signal_gives_up_the_calls_in_flight(tmp_path, material, turnstile):
    process = start(material.run(tmp_path / "run"))
    until(lambda: turnstile.waiting >= 3, process)
    process.send_signal(signal.SIGTERM)
    told_to_stop(process)
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 3, errors
    assert "Traceback" not in errors
    turnstile.let_pass(1000)


def test_ten_stops_at_random_pay_for_nothing_twice_but_what_a_kill_found_in_flight(tmp_path, material, turnstile):
    out, server, chance = tmp_path / "run", material.server, random.Random(2026)
    kept, lost = 0, 0
    for _ in range(10):
        process = start(material.run(out))
        turnstile.let_pass(chance.randint(1, 9))
        until(lambda: turnstile.waiting >= 1 and turnstile.used_up, process)
        number = chance.choice((signal.SIGINT, signal.SIGTERM, signal.SIGKILL))
        process.send_signal(number)
        if number == signal.SIGKILL:
            process.communicate()
            turnstile.let_all_pass()
        else:
            told_to_stop(process)
            turnstile.let_pass(1000)
            _, errors = process.communicate(timeout=120)
            assert process.returncode == 3, errors
        before, kept = kept, len(committed(out))
        received = len(server.requests) - before - lost
        assert number == signal.SIGKILL or received == kept - before
        lost += received - (kept - before)
        turnstile.shut()
    turnstile.let_pass(1000)
    ended(start(material.run(out)))
    assert len(server.requests) == CASES * (1 + JURORS) + lost
    assert not verify(out).findings
