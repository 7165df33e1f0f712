"""Commands on terminals whose encoding lacks characters that Jury prints."""

import io
import json
import os
import subprocess
import sys

import pytest

from benchmarks.cli.terminal import nearest_ascii, replace_unencodable


def terminal(encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding)


def written(stream: io.TextIOWrapper, text: str) -> bytes:
    replace_unencodable(stream)
    stream.write(text)
    stream.flush()
    return stream.buffer.getvalue()


@pytest.mark.parametrize(
    ("encoding", "text", "bytes_"),
    [
        ("ascii", "1 – 2 · 3…", b"1 - 2 | 3..."),
        ("ascii", "café ≤ naïve", b"cafe <= naive"),
        ("ascii", "裁判", b"??"),
        ("cp1252", "café – 裁", "café – ?".encode("cp1252")),
        ("gbk", "裁判 – é", "裁判 – é".encode("gbk")),
        ("utf-8", "裁判 –", "裁判 –".encode()),
    ],
)
def test_what_an_encoding_lacks_is_replaced_and_the_rest_stays(encoding, text, bytes_):
    assert written(terminal(encoding), text) == bytes_


def test_a_character_without_an_ascii_form_is_a_question_mark():
    assert nearest_ascii("☃ é —") == "? e -"


@pytest.mark.parametrize(
    "settings",
    [{"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}]
    + [{"PYTHONIOENCODING": name} for name in ("ascii", "cp1252", "gbk")],
    ids=str,
)
def test_commands_end_well_in_every_encoding(tmp_path, settings):
    out = tmp_path / "run"

    def jury(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "jury", *arguments],
            env={**os.environ, **settings},
            capture_output=True,
            check=False,
            cwd=tmp_path,
        )

    run = ["run", "sample", "--limit", "2", "--target", "rehearsal/reckless", "--jury", "poll", "--out", str(out)]
    commands = [
        run,
        ["leaderboard", str(out)],
        ["ledger", "show", str(out)],
        ["doctor", "--target", "rehearsal/reckless"],
    ]
    for command in commands:
        finished = jury(*command)
        assert finished.returncode == 0, (command, finished.stderr)
        assert b"Traceback" not in finished.stderr
    document = jury(*run, "--json").stdout
    assert json.loads(document)["source"] == "sample"
