"""A set whose making is killed is finished by the same command: the same set, and no finished call made again."""

import hashlib
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from killing import committed, wait_for_rows
from model_server import ModelServer, Served
from served_committee import act_of, committee_file, member, models_file

from benchmarks.generation.workings import FOLDER

NAMES = ("m1", "m2", "m3")


def slowly(request: dict[str, Any]) -> Served:
    made = act_of(request) in {"paint", "speak"}
    return replace(member(request), delay=0.15 if made else 0.03)


def start(folder: Path, out: str, base: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "jury", "generate", "dataset", "--out", str(folder / out)]
    command += ["--committee", str(folder / "committee.yaml"), "--models", str(folder / "models.yaml")]
    command += ["--scenarios", "bias,hate_speech", "--per-scenario", "6", "--over-generation", "1.5"]
    command += ["--painter", "openai/gpt-image-1", "--painter-base", base]
    command += ["--female", "openai/tts-1", "--female-base", base, "--female-params", "voice=nova"]
    command += ["--male", "openai/tts-1", "--male-base", base, "--male-params", "voice=onyx"]
    keys = {"OPENAI_API_KEY": "none", "HOSTED_VLLM_API_KEY": "none"}
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder, env={**os.environ, **keys}
    )


def published(out: Path) -> dict[str, str]:
    """The digest of every file of a set; the workings are not part of it."""
    files = (path for path in sorted(out.rglob("*")) if path.is_file() and FOLDER not in path.parts)
    return {path.relative_to(out).as_posix(): digest(path) for path in files if path.name != "manifest.json"}


def digest(path: Path) -> str:
    """Without the keys of calls, which depend on each store's secret."""
    return hashlib.sha256(re.sub(rb'"call":"[0-9a-f]{64}"', b"", path.read_bytes())).hexdigest()


@pytest.mark.slow
def test_killed_four_times_the_set_is_the_same_and_no_finished_call_is_made_again(tmp_path: Path) -> None:
    with ModelServer(slowly) as server:
        committee_file(tmp_path, server, *NAMES)
        models_file(tmp_path, *NAMES)
        whole = start(tmp_path, "whole", server.base)
        _, errors = whole.communicate(timeout=180)
        assert whole.returncode == 0, errors
        server.asked.clear()
        calls = len(committed(tmp_path / "whole" / FOLDER))
        finished: Counter[str] = Counter()
        for share in (0.05, 0.3, 0.55, 0.75):
            process = start(tmp_path, "set", server.base)
            wait_for_rows(process, tmp_path / "set" / FOLDER, round(share * calls))
            process.kill()
            process.communicate()
            assert process.returncode == -signal.SIGKILL
            time.sleep(0.3)  # calls in flight at the kill reach the server's count
            assert {question: server.asked[question] for question in finished} == finished
            found = committed(tmp_path / "set" / FOLDER)
            finished.update({question: server.asked[question] for question in found - finished.keys()})
            assert len(found) > 0
        last = start(tmp_path, "set", server.base)
        _, errors = last.communicate(timeout=180)
        assert last.returncode == 0, errors
        assert {question: server.asked[question] for question in finished} == finished
    ours, theirs = published(tmp_path / "set"), published(tmp_path / "whole")
    assert len(ours) > 30
    assert ours == theirs
