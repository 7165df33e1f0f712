"""The README's examples work as written, one after another, in an empty folder."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
BLOCKS = re.findall(r"```(sh|python)\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)


def test_the_readme_has_examples_for_shell_and_python():
    assert {language for language, _ in BLOCKS} == {"sh", "python"}


@pytest.mark.slow
def test_every_example_of_the_readme_runs_as_written(tmp_path):
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for language, block in BLOCKS:
        command = ["bash", "-e", "-c", block] if language == "sh" else [sys.executable, "-c", block]
        finished = subprocess.run(
            command, cwd=tmp_path, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
        )
        assert finished.returncode == 0, f"{block}\n{finished.stderr}"
        assert finished.stdout.strip()
