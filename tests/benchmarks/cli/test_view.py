"""`jury view` says where it listens, serves until Ctrl-C, and turns down what it can't open in one sentence."""

import json
import signal
import socket
import subprocess
import sys

import httpx
import pytest
import report_runs
from command import complaint


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    return report_runs.plain_run(tmp_path_factory.mktemp("plain"))


def test_the_viewer_serves_until_it_is_interrupted(tmp_path, run):
    command = [sys.executable, "-m", "jury", "view", str(run), "--port", "0", "--cache", str(tmp_path), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        address = json.loads(server.stdout.readline())["address"]
        assert "?token=" in address
        assert httpx.get(address.partition("?")[0]).status_code == 401
        with httpx.Client(follow_redirects=True) as browser:
            assert browser.get(address).status_code == 200
        server.send_signal(signal.SIGINT)
        out, err = server.communicate(timeout=30)
    assert (server.returncode, out, err) == (0, "", "")


def test_a_folder_without_a_run_is_named(tmp_path):
    assert "no judged run and no trial with people is there" in complaint("view", tmp_path)


def test_a_folder_that_is_none_is_named(tmp_path):
    assert "gone is no folder" in complaint("view", tmp_path / "gone")


def test_a_port_that_is_taken_is_named(tmp_path, run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert "choose another --port or --host" in complaint("view", run, "--port", str(port), "--cache", tmp_path)
