"""The documentation is true: every example runs as written, every link leads somewhere, and its pages load nothing from elsewhere."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from blocks import Block, blocks_of, run_all

ROOT = Path(__file__).parent.parent.parent
PAGES = sorted((ROOT / "docs").rglob("*.md"))

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


@pytest.mark.parametrize("page", [page for page in PAGES if any(map(runs, blocks_of(page)))], ids=name)
def test_every_example_of_a_page_runs_as_written(page, tmp_path):
    run_all(blocks_of(page), tmp_path)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    return folder


def test_the_site_loads_nothing_from_other_hosts(site):
    for page in site.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        loaded = re.findall(r'<(?:script|img|iframe|source)[^>]*\ssrc="([^"]+)"', html)
        loaded += re.findall(r'<link[^>]*rel="(?:stylesheet|preload|preconnect|icon)"[^>]*href="([^"]+)"', html)
        loaded += re.findall(r'<link[^>]*href="([^"]+)"[^>]*rel="(?:stylesheet|preload|preconnect|icon)"', html)
        assert [one for one in loaded if re.match(r"(https?:)?//", one)] == [], page


def test_the_reference_names_every_command(site):
    from benchmarks.cli.app import app

    shown = (site / "reference" / "commands" / "index.html").read_text(encoding="utf-8")
    for command in app.registered_commands:
        assert f"jury {command.callback.__name__}" in shown
    for group in app.registered_groups:
        assert f"jury {group.typer_instance.info.name}" in shown


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
