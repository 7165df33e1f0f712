"""Getting a suite's files: terms first, then the download, then a look at what came."""

import shlex
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.text import Text

from benchmarks.cli.printable import on_one_line
from benchmarks.cli.writing import print_json
from benchmarks.hub import Got, fetch
from benchmarks.suites import SUITES, Copy, Suite
from jury.errors import InputError
from jury.media import MediaStore

#: So many problems of what came are named.
NAMED = 10


def offered(name: str, *, accepted: bool) -> tuple[Suite, Copy]:
    """The suite of that name and its copy, once licence and terms are shown on standard error and accepted.

    Raises `InputError` if they are not, and if there is no copy to download.
    """
    suite = SUITES.get(name)
    copy = suite.origin.copy
    if copy is None:
        way = suite.origin.by_hand or "its files are shipped"
        raise InputError(f"suite {name!r} has no copy to download; {way}")
    screen = Console(stderr=True)
    for label, words in (
        ("suite", f"{suite.name}: {suite.description}"),
        ("licence", suite.licence),
        ("terms", suite.origin.terms or "none beyond the licence"),
        ("from", f"{copy.page} at {copy.revision}"),
    ):
        screen.print(Text(f"{label:8} {words}"), soft_wrap=True)
    if not accepted:
        raise InputError(f"licence and terms of {name!r} are above; say --accept-terms if you accept them")
    return suite, copy


def get_files(suite: Suite, copy: Copy, to: Path, *, as_json: bool) -> None:
    """Download a suite's copy, look whether it can be read, and say how to run it."""
    here = fetch(copy, to)
    problems = _problems(suite, to)
    command = f"jury run {suite.name} --data {shlex.quote(str(to))} --target MODEL --panel FILE.yaml --out RUN"
    if as_json:
        document = {"suite": suite.name, **_plain(here), "problems": list(problems), "run": command}
        print_json(document)
        return
    screen = Console()
    screen.print(Text(_said(here)), soft_wrap=True)
    for problem in problems[:NAMED]:
        screen.print(Text(f"  {on_one_line(problem)}", "yellow"), soft_wrap=True)
    if len(problems) > NAMED:
        screen.print(Text(f"  … and {len(problems) - NAMED:,} more", "yellow"))
    screen.print(Text(f"run it: {command}"), soft_wrap=True)


def _problems(suite: Suite, folder: Path) -> tuple[str, ...]:
    """What the suite's own reader says of the rows; one case's media are enough to know that they can be read."""
    with TemporaryDirectory() as store:
        return suite.load(MediaStore(Path(store)), folder, 1).problems


def _plain(here: Got) -> dict[str, object]:
    return {**asdict(here), "folder": str(here.folder)}


def _said(here: Got) -> str:
    unpacked = f", {here.unpacked:,} more unpacked" if here.unpacked else ""
    return f"{here.files:,} files of {here.bytes:,} bytes are in {here.folder}, as listed{unpacked}"
