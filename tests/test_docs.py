"""The documentation leaves nothing out: it is built without a warning, names all there is, and says why something is not run.

That every example runs as written is shown in `end_to_end/test_docs.py` and `end_to_end/test_readme.py`.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
import typer
import yaml
from blocks import blocks_of

from benchmarks.attack.kinds import ATTACKS
from benchmarks.cli.app import app
from jury.crowd.registry import LEARNERS
from jury.forums import FORUMS
from jury.juries import PRESETS, load_panel
from jury.rules import RULES
from jury.stops import STOPS
from jury.topologies import TOPOLOGIES

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))

#: What stands before a block that is shown and not run.
MARK = re.compile(r"<!-- not run:(?P<reason>.*?)-->", re.DOTALL)

SHOWN = re.compile(r"(?P<before>[^\n]*)\n```text\n")


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def name(page: Path) -> str:
    return page.relative_to(DOCS).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_whatever_is_not_run_says_why(page):
    shown = [found["before"] for found in SHOWN.finditer(text_of(page))]
    marks = MARK.findall(text_of(page))

    assert [before for before in shown if not MARK.fullmatch(before)] == []
    assert len(marks) == len(shown)
    assert all(len(reason.split()) >= 3 for reason in marks)


def test_every_panel_that_is_shown_can_be_read():
    pages = [*PAGES, ROOT / "README.md"]
    written = [yaml.safe_load(block.code) for page in pages for block in blocks_of(page) if block.kind == "yaml"]
    panels = [load_panel(content) for content in written if "seats" in content]

    assert len(panels) >= 4
    assert all(len(panel.seats) > 1 for panel in panels)


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("explanation/rules", [*RULES, *LEARNERS]),
        ("explanation/protocols", [path.stem for path in (PRESETS / "protocols").glob("*.yaml")]),
        ("explanation/protocols", [*TOPOLOGIES, *STOPS, *FORUMS]),
        ("attacks", [*ATTACKS]),
    ],
    ids=["rules", "protocols", "pieces", "attacks"],
)
def test_everything_that_ships_is_explained(page, names):
    told = text_of(DOCS / f"{page}.md")

    assert [one for one in names if not re.search(rf"`{one}[:`]", told)] == []


class Loading(HTMLParser):
    """What a browser fetches by itself when it opens a page: links that somebody has to follow are none of it."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.styles: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self._in_style = tag == "style"
        self.styles.append(given.get("style", ""))
        if tag not in {"a", "link", "form"}:
            self.loaded += [given[key] for key in ("src", "srcset", "data", "poster", "href") if key in given]
        if tag == "link" and not {"canonical", "alternate", "next", "prev"} & set(given.get("rel", "").split()):
            self.loaded.append(given.get("href", ""))

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.styles.append(data)


def elsewhere(addresses: list[str]) -> list[str]:
    return [one for one in addresses if re.match(r"\s*(https?:)?//", one)]


def in_style(css: str) -> list[str]:
    """What a style sheet loads."""
    found = re.findall(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""", css)
    return [one or other for one, other in found]


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """The site. Built without `--quiet`, which keeps warnings from `--strict`: a broken link would go unnoticed."""
    folder = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    return folder


@pytest.mark.slow
def test_the_site_loads_nothing_from_elsewhere(site):
    for page in site.rglob("*.html"):
        html = Loading()
        html.feed(text_of(page))
        assert elsewhere([*html.loaded, *(one for css in html.styles for one in in_style(css))]) == [], page
    for sheet in site.rglob("*.css"):
        assert elsewhere(in_style(text_of(sheet))) == [], sheet


@pytest.mark.slow
def test_the_reference_holds_every_command_with_its_options(site):
    shown = text_of(site / "reference" / "commands" / "index.html")
    sections = dict(re.findall(r"<h2[^>]*><code>([^<]+)</code>.*?</h2>(.*?)(?=<h2|</article>)", shown, re.DOTALL))

    assert set(sections) == {path for path, _ in commands("jury", typer.main.get_command(app))}
    for path, command in commands("jury", typer.main.get_command(app)):
        told = re.sub(r"<[^>]+>", "", sections[path])
        options = [
            option for param in command.params if not param.hidden for option in param.opts if option[:2] == "--"
        ]
        assert [option for option in options if option not in told] == [], path


def commands(path: str, command) -> Iterator:
    yield path, command
    for below, one in getattr(command, "commands", {}).items():
        yield from commands(f"{path} {below}", one)
