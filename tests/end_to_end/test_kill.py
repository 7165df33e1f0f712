"""A run that is killed or interrupted ends, when it goes on, as if nothing had happened, and pays for nothing twice."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from killing import committed, wait_for_rows
from model_server import ModelServer, Served, deterministic_juror

CASES = 30
KILLS = 10


def slowly(request: dict[str, Any]) -> Served:
    served = deterministic_juror(request)
    served.delay = 0.03
    return served


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with ModelServer(slowly) as running:
        yield running


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory, server: ModelServer) -> Path:
    folder = tmp_path_factory.mktemp("material")
    lines = [json.dumps({"id": f"c{n}", "prompt": f"Is plan number {n} a good one?"}) for n in range(CASES)]
    (folder / "cases.jsonl").write_text("\n".join(lines))
    seats = [f"  - {{name: j{n}, model: hosted_vllm/j{n}, role: juror, api_base: '{server.base}'}}" for n in range(3)]
    (folder / "panel.yaml").write_text("name: three\nseats:\n" + "\n".join(seats) + "\n")
    return folder


def start(material: Path, out: Path, server: ModelServer) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "jury", "run", str(material / "cases.jsonl"), "--out", str(out), "--jury", "trial"]
    command += ["--panel", str(material / "panel.yaml"), "--rubric", "safebench"]
    command += ["--target", "hosted_vllm/target", "--target-base", server.base, "--in-flight", "6"]
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=material,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # a shell's `&` has it ignored
    )


def findings(out: Path) -> list[Any]:
    """What a run's verdicts say, without the keys of calls (every store has fences of its own)."""
    found = []
    for line in (out / "verdicts.jsonl").read_text().splitlines():
        verdict = json.loads(line)
        votes = [[(b["juror"], b.get("choice"), b.get("rating")) for b in r["ballots"]] for r in verdict["rounds"]]
        summary = verdict.get("summary", {}).get("text")
        found.append(
            (verdict["case_id"], verdict["outcome"], verdict.get("before"), votes, summary, verdict["usage"]["calls"])
        )
    return found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, material: Path, server: ModelServer) -> Path:
    out = tmp_path_factory.mktemp("undisturbed") / "run"
    process = start(material, out, server)
    _, errors = process.communicate(timeout=180)
    assert process.returncode == 0, errors
    return out


@pytest.mark.slow
def test_killed_ten_times_a_run_ends_with_the_same_verdicts_and_asks_no_finished_call_again(
    tmp_path, material, server, undisturbed
):
    total = len(committed(undisturbed))
    points = sorted(random.Random(20241127).sample(range(1, total), KILLS))
    finished: dict[str, int] = {}
    for rows in points:
        process = start(material, tmp_path / "run", server)
        wait_for_rows(process, tmp_path / "run", rows)
        process.kill()
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        time.sleep(0.2)  # calls in flight at the kill reach the server's count
        assert {question: server.asked[question] for question in finished} == finished
        finished.update({question: server.asked[question] for question in committed(tmp_path / "run")})
        assert len(finished) >= rows

    process = start(material, tmp_path / "run", server)
    _, errors = process.communicate(timeout=180)
    assert process.returncode == 0, errors
    assert findings(tmp_path / "run") == findings(undisturbed)
    assert {question: server.asked[question] for question in finished} == finished
    assert all(times <= 1 + KILLS for times in server.asked.values())


@pytest.mark.slow
def test_interrupted_a_run_says_how_to_go_on_keeps_calls_in_flight_and_goes_on(tmp_path, material, server, undisturbed):
    process = start(material, tmp_path / "run", server)
    wait_for_rows(process, tmp_path / "run", 20)
    os.kill(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 3, errors
    assert "same command" in errors
    assert "Traceback" not in errors
    finished = {question: server.asked[question] for question in committed(tmp_path / "run")}

    process = start(material, tmp_path / "run", server)
    _, errors = process.communicate(timeout=180)
    assert process.returncode == 0, errors
    assert findings(tmp_path / "run") == findings(undisturbed)
    assert {question: server.asked[question] for question in finished} == finished
