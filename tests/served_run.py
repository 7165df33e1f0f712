"""`jury` commands as processes of their own that ask a local model server, for tests of what may befall them."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from killing import committed
from model_server import ModelServer, Served, deterministic_juror

JURORS = 3


class Gate:
    """A juror who answers so many questions and then keeps everybody waiting, until the gate is opened.

    `waiting` counts those who were kept waiting.
    """

    def __init__(self, free: int) -> None:
        self._free = free
        self.waiting = 0
        self._opened = threading.Event()

    def __call__(self, request: dict[str, Any]) -> Served:
        self._free -= 1
        if self._free < 0:
            self.waiting += 1
            self._opened.wait(120)
        return deterministic_juror(request)

    def open(self) -> None:
        """Let everybody pass."""
        self._opened.set()


@dataclass(frozen=True)
class Material:
    """Cases and a panel in a folder, and the server that answers."""

    folder: Path
    server: ModelServer
    store: str | None = None

    def written(self, cases: int) -> "Material":
        """The same, once its files are there."""
        lines = [json.dumps({"id": f"c{n}", "prompt": f"Is plan number {n} a good one?"}) for n in range(cases)]
        (self.folder / "cases.jsonl").write_text("\n".join(lines))
        seat = "  - {{name: j{0}, model: hosted_vllm/j{0}, role: juror, api_base: '{1}'}}\n"
        seats = [seat.format(number, self.server.base) for number in range(JURORS)]
        (self.folder / "panel.yaml").write_text("name: three\nseats:\n" + "".join(seats))
        return self

    @property
    def jury(self) -> list[str]:
        """What says who judges."""
        panel = str(self.folder / "panel.yaml")
        return ["--jury", "poll", "--panel", panel, "--rubric", "safebench", "--in-flight", "6"]

    def run(self, out: Path) -> list[str]:
        """The arguments of `jury run`."""
        target = ["--target", "hosted_vllm/target", "--target-base", self.server.base]
        return ["run", str(self.folder / "cases.jsonl"), "--out", str(out), *target, *self.jury, *self._store]

    def answer(self, out: Path) -> list[str]:
        """The arguments of `jury answer`."""
        target = ["--target", "hosted_vllm/target", "--target-base", self.server.base]
        return ["answer", str(self.folder / "cases.jsonl"), "--out", str(out), *target, *self._store]

    def judge(self, out: Path, name: str) -> list[str]:
        """The arguments of `jury judge`."""
        return ["judge", str(out), *self.jury, "--name", name]

    @property
    def _store(self) -> list[str]:
        return ["--store", self.store] if self.store else []

    def paid(self, out: Path) -> dict[str, int]:
        """How often each question was asked whose answer is in the ledger."""
        return {question: self.server.asked[question] for question in committed(out)}


def start(
    arguments: list[str], before: Callable[[], None] | None = None, **environment: str
) -> "subprocess.Popen[str]":
    """A command under way; `before` is done in its process first."""

    def ready() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's `&` has it ignored
        if before is not None:
            before()

    return subprocess.Popen(
        [sys.executable, "-m", "jury", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=ready,
        env={**os.environ, **environment},
    )


def ended(process: "subprocess.Popen[str]") -> str:
    """What a command that went well has said."""
    said, errors = process.communicate(timeout=180)
    assert process.returncode == 0, errors
    return said


def sentence(process: "subprocess.Popen[str]", *codes: int) -> str:
    """The one sentence with which a command took its leave, with one of these exit codes."""
    _, errors = process.communicate(timeout=180)
    assert process.returncode in codes, (process.returncode, errors)
    assert "Traceback" not in errors, errors
    told = [line for line in errors.splitlines() if line.startswith("jury: ")]
    assert len(told) == 1, errors
    return told[0].removeprefix("jury: ")


def killed(process: "subprocess.Popen[str]") -> None:
    """End a command as `kill -9` does."""
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def until(there: Callable[[], bool], process: "subprocess.Popen[str]", seconds: float = 90) -> None:
    """Wait for something to be so while a command is under way."""
    given_up = time.monotonic() + seconds
    while not there():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < given_up
        time.sleep(0.02)
