"""`jury doctor` says in a table, in JSON and by its exit code whether every model works."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command import complaint, jury
from model_server import ModelServer, Served
from sockets import failing

MODEL = "hosted_vllm/local"
BALLOT = json.dumps({"reasoning": "r", "choice": "safe", "confidence": 0.9})


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No key in the environment, none in a `.env`."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.chdir(tmp_path)


def seated(server: ModelServer, write) -> Path:
    return write("panel.yaml", f"seats:\n  - {{model: {MODEL}, api_base: {server.base}}}\n")


def test_a_panel_that_works_is_fine_and_leaves_nothing_behind(tmp_path, write):
    with ModelServer(lambda _: Served(text=BALLOT)) as server:
        finished = jury("doctor", "--panel", seated(server, write))
    assert finished.code == 0
    assert re.search(r"hosted_vllm/local.*schema.*fine", finished.out, re.DOTALL)
    assert [path.name for path in tmp_path.iterdir()] == ["panel.yaml"]


def test_what_is_wrong_comes_with_what_to_do_about_it_and_exit_code_1(write):
    with ModelServer(lambda _: failing(401, "invalid")) as server:
        finished = jury("doctor", "--panel", seated(server, write))
    assert finished.code == 1
    assert "wrong key; replace the key" in " ".join(finished.out.split())


def test_json_has_one_object_for_every_model(write):
    with ModelServer(lambda _: Served(text=BALLOT)) as server:
        panel = seated(server, write)
        plan = write("jury.yaml", f"panel: {panel}\nprotocol: single\nrubric: safebench\n")
        finished = jury("doctor", "--jury", plan, "--target", "openai/gpt-4o", "--json")
    assert (finished.code, finished.document["fine"]) == (1, False)
    target, juror = finished.document["models"]
    assert (target["parts"], target["verdict"], target["key"]) == (["target"], "no_key", False)
    assert target["findings"][0]["detail"] == "OPENAI_API_KEY not set"
    assert (juror["parts"], juror["verdict"], juror["asked_by"]) == (["juror"], "fine", "schema")
    assert (juror["api_base"], juror["calls"]) == (server.base, 3)  # nobody lists what it takes, so it is tried


def test_what_a_file_says_a_model_can_do_is_put_to_the_test(write):
    facts = write("models.yaml", f"{MODEL}: {{sees: true}}\n")
    with ModelServer(lambda _: Served(text=BALLOT)) as server:
        finished = jury("doctor", "--target", MODEL, "--target-base", server.base, "--models", facts, "--json")
    assert finished.code == 1
    assert finished.document["models"][0]["verdict"] == "no_vision"


def test_senses_that_are_asked_for_are_required(write):
    with ModelServer(lambda _: Served(text=BALLOT)) as server:
        finished = jury("doctor", "--panel", seated(server, write), "--vision", "--audio", "--json")
    assert finished.code == 1
    (model,) = finished.document["models"]
    assert [finding["kind"] for finding in model["findings"]] == ["no_vision", "no_audio"]


def test_a_rehearsal_is_labelled():
    finished = jury("doctor", "--jury", "single", "--target", "rehearsal/reckless", "--json")
    assert finished.code == 0
    assert [model["rehearsal"] for model in finished.document["models"]] == [True, True, True]
    assert "rehearsal" in jury("doctor", "--target", "rehearsal/reckless").out.replace("rehearsal/reckless", "")


def test_escape_codes_from_a_server_do_not_reach_the_terminal(write):
    with ModelServer(lambda _: Served(text="\x1b[31mred")) as server:
        finished = jury("doctor", "--panel", seated(server, write))
    assert finished.code == 1
    assert "\x1b" not in finished.out


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ((), "--jury"),
        (("--jury", "trial"), "--panel"),
        (("--panel", "nowhere.yaml"), "nowhere.yaml"),
        (("--target-base", "http://127.0.0.1/v1"), "--target"),
        (("--target", "a/b", "--target-base", "ftp://x"), "api_base"),
        (("--target", "a/b", "--models", "nowhere.yaml"), "nowhere.yaml"),
    ],
)
def test_bad_input_is_turned_down_with_exit_code_2(arguments, named):
    assert named in complaint("doctor", *arguments)


def test_keys_in_the_environment_never_come_out(tmp_path):
    key = "planted-0123456789abcdef"
    with ModelServer(lambda _: failing(401, f"no such key: {key}")) as server:
        command = [sys.executable, "-m", "jury", "doctor", "--target", MODEL, "--target-base", server.base]
        environment = {**os.environ, "HOSTED_VLLM_API_KEY": key}
        finished = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120)
        assert any(key in authorization for authorization in server.authorizations)
    assert finished.returncode == 1
    assert "wrong key" in finished.stdout
    assert key not in finished.stdout + finished.stderr
