"""The script that `jury --show-completion` prints does its work in a real bash."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent

#: What bash does when TAB is pressed on the words of a line.
PRESSED = """
eval "$(_JURY_COMPLETE=source_bash jury)"
COMP_WORDS=({words}); COMP_CWORD={at}
_jury_completion jury
printf '%s\\n' "${{COMPREPLY[@]}}"
"""

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash on this machine")


def offered(*words: str) -> list[str]:
    """What follows the last, unfinished word."""
    script = PRESSED.format(words=" ".join(f"'{word}'" for word in words), at=len(words) - 1)
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script], env={**os.environ, "PATH": path}, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return done.stdout.split()


def test_commands_groups_and_their_commands_are_offered():
    assert {"deliberate", "run", "verify", "lab", "ledger"} <= set(offered("jury", ""))
    assert offered("jury", "lab", "re") == ["replay"]


def test_a_commands_options_are_offered():
    assert {"--panel", "--jury", "--rule"} <= set(offered("jury", "deliberate", "--"))


def test_nothing_is_offered_for_a_command_there_is_not():
    assert offered("jury", "acquit") == []


def test_the_module_prints_the_same_script_as_the_command():
    printed = [
        subprocess.run([*start, "--show-completion", "bash"], capture_output=True, text=True, check=True).stdout
        for start in ([BIN / "jury"], [sys.executable, "-m", "jury"])
    ]
    assert printed[0] == printed[1]
    assert "_JURY_COMPLETE=complete_bash" in printed[0]
