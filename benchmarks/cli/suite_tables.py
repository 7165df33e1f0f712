"""Suites on a terminal: what they are, whose they are, and how their files are had."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.cli.printable import on_one_line
from benchmarks.cli.writing import print_json
from benchmarks.metrics.headlines import FIGURES, Figure, headline_names
from benchmarks.metrics.measures import better_end, titled
from benchmarks.suites import Suite
from jury.prompt_files import open_library
from jury.records import Rubric
from jury.rubrics import load_rubric

_MOST_LANGUAGES = 3
#: Columns of a fixed width, so that what a suite is has the rest of the line.
_WIDTHS = {"in": 6, "shows": 6, "licence": 10, "paper": 10, "files": 8}


def document_of(suite: Suite) -> dict[str, Any]:
    """What is known of a suite, as JSON: its name, description, licence, rubric, headlines, and all of its origin."""
    known = {"name": suite.name, "description": suite.description, "licence": suite.licence, "rubric": suite.rubric}
    headlines = [
        {"name": figure.name, "label": figure.label_under(rubric), "direction": figure.made_of.direction(rubric)}
        for figure, rubric in _headlines(suite)
    ]
    return {**known, "headlines": headlines, "rehearsal": suite.rehearsal, **asdict(suite.origin)}


def print_suites(suites: Sequence[Suite], *, as_json: bool, console: Console | None = None) -> None:
    """Print suites as one JSON object, or as a table."""
    if as_json:
        print_json({"suites": [document_of(suite) for suite in suites]})
        return
    screen = console or Console()
    title = Text("Suites (one in full: jury suites NAME)")
    table = Table(title=title, title_justify="left", box=None, padding=(0, 1, 0, 0))
    table.add_column("suite", no_wrap=True)
    table.add_column("what it is")
    table.add_column("cases", justify="right", no_wrap=True)
    for column, width in _WIDTHS.items():
        table.add_column(column, width=width, overflow="fold")
    for suite in suites:
        table.add_row(*map(Text, _row(suite)))
    screen.print(table)


def print_suite(suite: Suite, *, as_json: bool, console: Console | None = None) -> None:
    """Print all that is known of one suite."""
    if as_json:
        print_json(document_of(suite))
        return
    screen = console or Console()
    table = Table(title=Text(suite.name, "bold"), title_justify="left", show_header=False, box=None)
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for name, words in _details(suite):
        if words:
            table.add_row(name, Text(words))
    screen.print(table)


def _row(suite: Suite) -> tuple[str, ...]:
    origin = suite.origin
    published = "–" if origin.published is None else f"{origin.published:,}"
    return (
        suite.name,
        f"{on_one_line(suite.description)}; ranked by {_first_headline(suite)}",
        published,
        _languages(origin.languages),
        ", ".join(origin.modalities),
        on_one_line(suite.licence),
        origin.paper.removeprefix("arXiv "),
        _files(suite),
    )


def _details(suite: Suite) -> list[tuple[str, str]]:
    origin, copy = suite.origin, suite.origin.copy
    published = "" if origin.published is None else f"{origin.published:,} {origin.unit}"
    return [
        ("what it is", suite.description),
        ("published", published),
        ("languages", ", ".join(origin.languages)),
        ("shows", ", ".join(origin.modalities)),
        ("rubric", suite.rubric),
        ("ranked by", "; ".join(_in_words(figure, rubric) for figure, rubric in _headlines(suite))),
        ("licence", suite.licence),
        ("terms", origin.terms),
        ("paper", origin.paper),
        ("from", origin.url),
        ("files", origin.files),
        ("copy", f"{copy.page} at {copy.revision}{' (gated)' if copy.gated else ''}" if copy else ""),
        ("get it", f"jury data get {suite.name} --to DIR" if copy else origin.by_hand),
    ]


def _headlines(suite: Suite) -> list[tuple[Figure, Rubric]]:
    """The figures that head a run's results under the suite's own rubric, the one that ranks first."""
    rubric = load_rubric(suite.rubric, open_library())
    return [(FIGURES[name], rubric) for name in headline_names(rubric, suite.rubric, suite.headlines)]


def _in_words(figure: Figure, rubric: Rubric) -> str:
    measure = figure.made_of
    return titled(figure.label_under(rubric), measure.unit, measure.direction(rubric))


def _first_headline(suite: Suite) -> str:
    """The figure that ranks, and the end of it that is better."""
    figure, rubric = _headlines(suite)[0]
    direction = better_end(figure.made_of.direction(rubric))
    return f"{figure.heading} ({direction})" if direction else figure.heading


def _languages(codes: Sequence[str]) -> str:
    shown = ", ".join(codes[:_MOST_LANGUAGES])
    return f"{shown} +{len(codes) - _MOST_LANGUAGES}" if len(codes) > _MOST_LANGUAGES else shown or "any"


def _files(suite: Suite) -> str:
    if suite.origin.copy:
        return "gated" if suite.origin.copy.gated else "download"
    return "by hand" if suite.origin.files else "shipped"
