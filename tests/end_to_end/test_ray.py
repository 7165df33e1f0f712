"""Workers on Ray: the same verdicts, one ledger, limits for all together, and none of it lost with a worker."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from killing import committed, wait_for_rows
from model_server import ModelServer, Served, deterministic_juror

from jury.ledger import Ledger

pytest.importorskip("ray")
pytestmark = pytest.mark.slow

CASES = 30
IN_FLIGHT = 6
AT_ONCE = 3


class Counting:
    """Answers slowly, and counts how many calls to one model it has under way at most."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._now: Counter[str] = Counter()
        self.most: Counter[str] = Counter()
        self.pause = 0.03

    def __call__(self, request: dict[str, Any]) -> Served:
        model = request["model"]
        with self._lock:
            self._now[model] += 1
            self.most[model] = max(self.most[model], self._now[model])
        time.sleep(self.pause)
        with self._lock:
            self._now[model] -= 1
        return deterministic_juror(request)


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("material")
    lines = [json.dumps({"id": f"c{n}", "prompt": f"Is plan number {n} a good one?"}) for n in range(CASES)]
    (folder / "cases.jsonl").write_text("\n".join(lines))
    (folder / "limits.yaml").write_text(json.dumps({f"hosted_vllm/j{n}": {"concurrency": AT_ONCE} for n in range(3)}))
    return folder


@pytest.fixture
def server(material: Path) -> Iterator[ModelServer]:
    with ModelServer(Counting()) as running:
        seats = [
            {"name": f"j{n}", "model": f"hosted_vllm/j{n}", "role": "juror", "api_base": running.base} for n in range(3)
        ]
        (material / "panel.yaml").write_text(json.dumps({"name": "three", "seats": seats}))
        yield running


def start(material: Path, out: Path, server: ModelServer, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "jury", "run", str(material / "cases.jsonl"), "--out", str(out), "--jury", "poll"]
    command += ["--panel", str(material / "panel.yaml"), "--rubric", "safebench", "--in-flight", str(IN_FLIGHT)]
    command += ["--target", "hosted_vllm/target", "--target-base", server.base, "--no-adaptive", *more]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=material,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


RAY = ("--engine", "ray", "--workers", "2")


def places(out: Path) -> list[dict[str, Any]]:
    path = out / "engine.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def ended(process: subprocess.Popen[str], code: int) -> str:
    _, errors = process.communicate(timeout=120)
    assert process.returncode == code, errors
    assert "Traceback" not in errors
    return errors


def verdicts(out: Path) -> list[dict[str, Any]]:
    """What is in verdicts.jsonl, but for seconds: those are the clock's."""
    found = [json.loads(line) for line in (out / "verdicts.jsonl").read_text().splitlines()]
    for verdict in found:
        verdict["usage"].pop("seconds", None)
    return found


def test_the_sample_is_judged_the_same_in_the_same_order(tmp_path: Path) -> None:
    (tmp_path / "local").mkdir()
    asyncio.run(Ledger.open(tmp_path / "local" / "ledger.sqlite").close())
    shutil.copytree(tmp_path / "local", tmp_path / "ray")  # one secret, so that prompts have the same fences
    for name, more in (("local", ()), ("ray", RAY)):
        command = [
            sys.executable,
            "-m",
            "jury",
            "run",
            "sample",
            "--target",
            "rehearsal/reckless",
            "--out",
            str(tmp_path / name),
            "--panel",
            "rehearsal",
        ]
        done = subprocess.run([*command, *more], capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
    assert verdicts(tmp_path / "ray") == verdicts(tmp_path / "local")
    noted = places(tmp_path / "ray")
    assert {line["case"] for line in noted} == {verdict["case_id"] for verdict in verdicts(tmp_path / "ray")}
    assert len({line["pid"] for line in noted}) == 2
    assert {line["engine"] for line in noted} == {"ray"}


def wait_for_another(process: subprocess.Popen[str], out: Path, pids: set[int]) -> None:
    """Until a worker that is none of these has judged a case."""
    while process.poll() is None and {line["pid"] for line in places(out)} <= pids:
        time.sleep(0.05)


def test_a_killed_worker_is_replaced_and_no_finished_call_is_made_again(tmp_path, material, server) -> None:
    out = tmp_path / "run"
    process = start(material, out, server, *RAY)
    while process.poll() is None and len({line["pid"] for line in places(out)}) < 2:
        time.sleep(0.01)
    first, second = {line["worker"]: line["pid"] for line in places(out)}.values()
    finished = committed(out)
    os.kill(first, signal.SIGKILL)
    server.behaviour.pause = 4.0  # so that cases are left when the new worker has started
    wait_for_another(process, out, {first, second})
    server.behaviour.pause = 0.03
    ended(process, 0)
    assert [verdict["case_id"] for verdict in verdicts(out)] == [f"c{n}" for n in range(CASES)]
    assert all(verdict["outcome"]["state"] != "invalid" for verdict in verdicts(out))
    assert {server.asked[question] for question in finished} == {1}
    again = [times for times in server.asked.values() if times > 1]
    assert len(again) <= 3 * IN_FLIGHT
    assert all(times == 2 for times in again)
    assert {line["worker"] for line in places(out)} == {"1", "2", "3"}
    assert len({line["pid"] for line in places(out)}) == 3


def test_budget_and_concurrency_are_for_all_workers_together(tmp_path, material, server) -> None:
    out = tmp_path / "run"
    limits = ("--max-calls", "50", "--limits", str(material / "limits.yaml"))
    ended(start(material, out, server, *RAY, *limits), 3)
    assert sum(server.asked.values()) == 50
    assert len(committed(out)) == 50
    assert max(server.behaviour.most[f"j{n}"] for n in range(3)) <= AT_ONCE


def test_interrupted_it_keeps_what_is_paid_for_and_goes_on_in_one_process(tmp_path, material, server) -> None:
    out = tmp_path / "run"
    process = start(material, out, server, *RAY)
    wait_for_rows(process, out, 40)
    os.kill(process.pid, signal.SIGINT)
    assert "same command" in ended(process, 3)
    finished = committed(out)
    time.sleep(0.2)
    assert sum(server.asked.values()) == len(finished)
    ended(start(material, out, server), 0)
    assert len(verdicts(out)) == CASES
    assert set(server.asked.values()) == {1}
    assert {line["engine"] for line in places(out)} == {"ray", "local"}
