"""The documentation is true: every example runs as written, and every picture is there. How-tos are run in a file of their own."""

import re
from pathlib import Path

import pytest
import yaml
from blocks import Block, blocks_of, run_all

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted((ROOT / "docs").rglob("*.md"))
RUN_HERE = [page for page in PAGES if page.parent.name != "howto"]

#: What is shown and not run: a session, the inside of an ini file.
SHOWN = {"text"}

pytestmark = pytest.mark.slow


def name(page: Path) -> str:
    return page.relative_to(ROOT / "docs").as_posix()


def test_every_block_is_one_that_is_run_or_only_shown():
    kinds = {block.kind for page in PAGES for block in blocks_of(page)}
    assert kinds <= {"sh", "python", "yaml", *SHOWN}
    fences = sum(page.read_text().count("```") for page in PAGES)
    assert fences == 2 * sum(len(blocks_of(page)) for page in PAGES)


def test_every_file_that_is_shown_has_a_name_and_can_be_read():
    for page in PAGES:
        for block in blocks_of(page):
            if block.kind == "yaml":
                assert block.title.endswith(".yaml")
                assert yaml.safe_load(block.code)


def runs(block: Block) -> bool:
    return block.kind in {"sh", "python"}


@pytest.mark.parametrize("page", [page for page in RUN_HERE if any(map(runs, blocks_of(page)))], ids=name)
def test_every_example_of_a_page_runs_as_written(page, tmp_path):
    run_all(blocks_of(page), tmp_path)


def test_the_pictures_are_there_and_described():
    shown = [
        (page, words, link)
        for page in PAGES
        for words, link in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", page.read_text())
    ]
    assert len(shown) >= 3
    for page, words, link in shown:
        assert len(words) > 20
        assert (page.parent / link).is_file()
