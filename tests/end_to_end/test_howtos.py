"""Every example of the how-tos runs as written."""

from pathlib import Path

import pytest
from blocks import blocks_of, run_all

HOWTO = Path(__file__).parent.parent.parent / "docs" / "howto"
PAGES = [page for page in sorted(HOWTO.glob("*.md")) if {"sh", "python"} & {block.kind for block in blocks_of(page)}]

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_example_of_a_page_runs_as_written(page, tmp_path):
    run_all(blocks_of(page), tmp_path)
