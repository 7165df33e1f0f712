"""The README's examples work as written, one after another, in an empty folder."""

from pathlib import Path

import pytest
from blocks import blocks_of, run_all

BLOCKS = blocks_of(Path(__file__).parent.parent.parent / "README.md")


def test_the_readme_has_examples_for_shell_and_python():
    assert {"sh", "python"} <= {block.kind for block in BLOCKS}


@pytest.mark.slow
def test_every_example_of_the_readme_runs_as_written(tmp_path):
    run_all(BLOCKS, tmp_path)
