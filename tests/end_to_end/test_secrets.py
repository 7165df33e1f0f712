"""No key is ever written down: not where servers echo it, not where a run crashes, not where everything is logged."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from model_server import ModelServer, Served, deterministic_juror

IN_ENVIRONMENT = "pl-env-9f8e/7d6c+5b4a39281706"
IN_FILE = "pl-file-1a2b/3c4d+5e6f70819203"
PLANTED = (IN_ENVIRONMENT, IN_FILE)

Finished = subprocess.CompletedProcess[bytes]
Judged = tuple[Path, Finished]

#: A command that stumbles over a key halfway through a case, and one that falls over it altogether.
STUMBLE = """
import os, jury.asking
async def broken(*_):
    raise RuntimeError(f"no such header: Authorization: Bearer {os.environ['HOSTED_VLLM_API_KEY']}")
jury.asking.Interview.ask = broken
from jury.launch import main
main()
"""
FALL = """
import os, benchmarks.runs
def broken(*_, **__):
    raise RuntimeError(f"no such key: {os.environ['HOSTED_VLLM_API_KEY']}")
benchmarks.runs.prepare = broken
from jury.launch import main
main()
"""


def said(text: str, status: int) -> Served:
    return Served(status=status, body=json.dumps({"error": {"message": text, "type": "x", "code": status}}).encode())


def echoing(request: dict[str, Any]) -> Served:
    """A server that hands back what it was given: the key in a 400, the header in a 500, both in a 200."""
    model, header = request["model"], f"Bearer {IN_FILE}"
    if model == "denies":
        return said(f"Not with this key: {IN_ENVIRONMENT}. See https://x/y?X-Amz-Signature=5ec4e7", 400)
    if model == "breaks":
        return said(f"panic in handler, headers: {{'Authorization': '{header}'}}", 500)
    served = deterministic_juror(request)
    if model == "parrots":
        encoded = base64.b64encode(IN_FILE.encode()).decode()
        served.text = served.text.replace('"reasoning": "', f'"reasoning": "You sent {header}, {encoded}. ')
    return served


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with ModelServer(echoing) as running:
        yield running


def set_up(folder: Path, server: ModelServer) -> Path:
    """A working directory with a `.env`, cases and a panel of echoing jurors."""
    (folder / ".env").write_text(f"HOSTED_VLLM_API_KEY={IN_FILE}\n")
    lines = [json.dumps({"id": f"c{n}", "prompt": f"Is plan number {n} a good one?"}) for n in range(4)]
    (folder / "cases.jsonl").write_text("\n".join(lines))
    models = ("openai/denies", "hosted_vllm/breaks", "hosted_vllm/parrots")
    seats = [f"  - {{name: {model[-7:]}, model: {model}, role: juror, api_base: '{server.base}'}}" for model in models]
    (folder / "panel.yaml").write_text("name: echoes\nseats:\n" + "\n".join(seats) + "\n")
    return folder


@pytest.fixture
def place(tmp_path: Path, server: ModelServer) -> Path:
    return set_up(tmp_path, server)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory, server: ModelServer) -> Judged:
    """A working directory and the run that was held in it, with everything logged."""
    place = set_up(tmp_path_factory.mktemp("judged"), server)
    return place, run(place, server, "-m", "jury", JURY_LOG_BODIES="1", LITELLM_LOG="DEBUG")


def run(place: Path, server: ModelServer, *start: str, **variables: str) -> Finished:
    command = [sys.executable, *start, "--log-level", "debug", "run", "cases.jsonl", "--out", "out", "--tries", "2"]
    command += ["--panel", "panel.yaml", "--rubric", "safebench"]
    command += ["--target", "hosted_vllm/target", "--target-base", server.base]
    environment = {**os.environ, "OPENAI_API_KEY": IN_ENVIRONMENT, **variables}
    environment.pop("HOSTED_VLLM_API_KEY", None)
    return subprocess.run(command, cwd=place, env=environment, capture_output=True, timeout=170, check=False)


def leaks(place: Path, finished: Finished) -> list[str]:
    """Where a planted key can be found, in any form, in what a command wrote; the user's own `.env` apart."""
    written = {"stdout": finished.stdout, "stderr": finished.stderr}
    files = [path for path in place.rglob("*") if path.is_file() and path != place / ".env"]
    written.update({str(path.relative_to(place)): path.read_bytes() for path in files})
    forms = [
        form for key in PLANTED for form in (key, quote(key, safe=""), base64.b64encode(key.encode()).decode()[:-4])
    ]
    forms += ["5ec4e7", *(key[: len(key) // 2] for key in PLANTED)]
    return [f"{form} in {name}" for name, content in written.items() for form in forms if form.encode() in content]


def test_keys_that_servers_echo_reach_neither_ledger_nor_log_nor_report(judged, server):
    place, finished = judged

    assert finished.returncode == 4, finished.stderr  # every call failed, so no case has a valid answer
    assert {f"Bearer {key}" for key in PLANTED} <= server.authorizations
    assert b'"event": "call failed"' in finished.stderr
    assert b"Is plan number 3 a good one?" in finished.stderr
    assert b"[secret]" in (place / "out" / "verdicts.jsonl").read_bytes()
    assert leaks(place, finished) == []


def test_keys_in_an_error_of_ours_reach_neither_verdict_nor_log(place, server):
    finished = run(place, server, "-c", STUMBLE)

    assert finished.returncode == 4, finished.stderr  # every call failed, so no case has a valid answer
    assert b"case failed" in finished.stderr
    assert b"no such header" in (place / "out" / "verdicts.jsonl").read_bytes()
    assert leaks(place, finished) == []


def test_keys_in_a_crash_are_not_in_its_traceback(place, server):
    finished = run(place, server, "-c", FALL)

    assert finished.returncode == 1
    assert b"RuntimeError: no such key: [secret]" in finished.stderr
    assert leaks(place, finished) == []


@pytest.mark.parametrize("command", [("ledger", "show", "out"), ("ledger", "stats", "out"), ("verify", "out")])
def test_keys_are_in_nothing_that_is_told_about_a_run_later(judged, command):
    place, _ = judged
    told = subprocess.run(
        [sys.executable, "-m", "jury", *command, "--json"], cwd=place, capture_output=True, timeout=60, check=False
    )

    assert told.returncode == 0, told.stderr
    assert leaks(place, told) == []


def test_what_is_said_in_calls_is_logged_only_on_request(place, server):
    finished = run(place, server, "-m", "jury")

    assert b'"event": "call"' in finished.stderr
    assert b"Is plan number" not in finished.stderr
