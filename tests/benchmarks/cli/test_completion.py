"""A shell completes the command's words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

#: What a shell sets when it asks for the words that may follow.
ASKED = {
    "bash": {"_JURY_COMPLETE": "complete_bash", "COMP_WORDS": "jury de", "COMP_CWORD": "1"},
    "zsh": {"_JURY_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "jury de"},
    "fish": {
        "_JURY_COMPLETE": "complete_fish",
        "_TYPER_COMPLETE_ARGS": "jury de",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    },
}


@pytest.mark.parametrize("shell", ASKED)
def test_a_shell_is_offered_the_commands_that_begin_so(shell):
    command = Path(sys.executable).with_name("jury")
    offered = subprocess.run([command], env={**os.environ, **ASKED[shell]}, capture_output=True, text=True, check=False)
    assert "deliberate" in offered.stdout
    assert "demo" in offered.stdout
    assert "verify" not in offered.stdout
