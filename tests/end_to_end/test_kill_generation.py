"""A set whose making is killed is finished by the same command: the same queries, and no finished call made again."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from committee import ScriptedMembers
from killing import committed, wait_for_rows
from model_server import ModelServer, Served


def member(request: dict[str, Any]) -> Served:
    shown = request["messages"][-1]["content"]
    act = "write" if "ACT: write" in shown else "score"
    return Served(text=ScriptedMembers()._text("author", act, shown), delay=0.05)


def start(out: Path, committee: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "jury", "generate", "queries", "--committee", str(committee), "--out", str(out)]
    command += ["--scenarios", "bias,hate_speech,bioethics", "--per-scenario", "20"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=committee.parent)


def kept(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "data.jsonl").read_text().splitlines()]


@pytest.mark.slow
def test_killed_three_times_the_set_is_the_same_and_no_finished_call_is_made_again(tmp_path: Path) -> None:
    with ModelServer(member) as server:
        seats = [f"  - {{name: m{n}, model: hosted_vllm/m{n}, api_base: '{server.base}'}}" for n in range(3)]
        committee = tmp_path / "committee.yaml"
        committee.write_text("panel:\n  seats:\n" + "\n".join(f"  {seat}" for seat in seats) + "\n")
        whole = start(tmp_path / "whole", committee)
        _, errors = whole.communicate(timeout=120)
        assert whole.returncode == 0, errors
        finished: dict[str, int] = {}
        for rows in (2, 11, 23):
            process = start(tmp_path / "set", committee)
            wait_for_rows(process, tmp_path / "set", rows)
            process.kill()
            process.communicate()
            assert process.returncode == -signal.SIGKILL
            time.sleep(0.2)  # calls in flight at the kill reach the server's count
            assert {question: server.asked[question] for question in finished} == finished
            finished.update({question: server.asked[question] for question in committed(tmp_path / "set")})
            assert len(finished) >= rows
        last = start(tmp_path / "set", committee)
        _, errors = last.communicate(timeout=120)
        assert last.returncode == 0, errors
        assert {question: server.asked[question] for question in finished} == finished
    assert kept(tmp_path / "set") == kept(tmp_path / "whole")
