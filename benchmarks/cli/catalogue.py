"""What can be named in settings and files: every extension of a kind, each with one line of explanation."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.cli.printable import on_one_line
from benchmarks.cli.writing import print_json
from jury.juries import PRESETS
from jury.registry import Registry
from prompts import Library

#: Longest explanation in the table, in characters.
LONGEST = 300

#: Where each kind is explained at length, for what a line does not hold.
_MORE = {
    "suites": "one in full: jury suites NAME",
    "roles": "one in full: jury prompts show NAME",
    "rubrics": "one in full: jury prompts show NAME",
}


@dataclass(frozen=True)
class Entry:
    """One thing that can be named: its name, and one line that explains it."""

    name: str
    explanation: str


def list_entries(kind: str, library: Library) -> list[Entry]:
    """The entries of a kind in `KINDS`, sorted by name; roles and rubrics are those of the library."""
    explained = KINDS[kind](library)
    return [Entry(name, explained[name]) for name in sorted(explained)]


def print_entries(kind: str, entries: Sequence[Entry], *, as_json: bool) -> None:
    """Print entries as one JSON object, or as a table."""
    if as_json:
        print_json({kind: [asdict(entry) for entry in entries]})
        return
    more = f" ({_MORE[kind]})" if kind in _MORE else ""
    table = Table(title=Text(f"{len(entries)} {kind}{more}"), title_justify="left", show_header=False, box=None)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for entry in entries:
        table.add_row(Text(on_one_line(entry.name)), Text(on_one_line(entry.explanation, LONGEST)))
    Console(highlight=False).print(table)


def _registered(registry: Registry[Any], function_of: Callable[[Any], Any] = lambda entry: entry) -> Mapping[str, str]:
    """Each registered name with the first sentence of its function's docstring."""
    return {name: _first_line(inspect.getdoc(function_of(registry.get(name)))) for name in registry}


def _first_line(text: str | None) -> str:
    """The first paragraph of a docstring on one line, without what the function raises."""
    return " ".join((text or "").partition("\n\n")[0].partition(" Raises ")[0].split())


def _presets(folder: str) -> Mapping[str, str]:
    """Each shipped YAML file of a folder with the comment at its head."""
    return {path.stem: _head_comment(path) for path in (PRESETS / folder).glob("*.yaml")}


def _head_comment(path: Path) -> str:
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# "))
    return " ".join(lines)


def _protocols(_: Library) -> Mapping[str, str]:
    return _presets("protocols")


def _panels(_: Library) -> Mapping[str, str]:
    return _presets("panels")


def _rules(_: Library) -> Mapping[str, str]:
    from jury.crowd import LEARNERS
    from jury.rules import RULES

    learned = _registered(LEARNERS, lambda entry: entry.function)
    return {
        **_registered(RULES, lambda entry: entry.function),
        **{name: f"{words} (learned from recorded ballots)" for name, words in learned.items()},
    }


def _rubrics(library: Library) -> Mapping[str, str]:
    from jury.rubrics import load_rubric, rubric_names

    rubrics = [load_rubric(name, library) for name in rubric_names(library)]
    return {one.name: f"{one.question['en']} ({', '.join(one.choices)})" for one in rubrics}


def _roles(library: Library) -> Mapping[str, str]:
    from jury.roles import load_role

    personas = {name: " ".join(load_role(name, library).persona["en"].split()) for name in library.role_cards()}
    return {name: f"{persona.partition('. ')[0].rstrip('.')}." for name, persona in personas.items()}


def _stops(_: Library) -> Mapping[str, str]:
    from jury.stops import STOPS

    return _registered(STOPS)


def _topologies(_: Library) -> Mapping[str, str]:
    from jury.topologies import TOPOLOGIES

    return _registered(TOPOLOGIES)


def _attacks(_: Library) -> Mapping[str, str]:
    from benchmarks.attack.kinds import ATTACKS

    return {name: ATTACKS.get(name).summary for name in ATTACKS}


def _metrics(_: Library) -> Mapping[str, str]:
    from benchmarks.metrics import METRICS

    return _registered(METRICS)


def _suites(_: Library) -> Mapping[str, str]:
    from benchmarks.suites import SUITES

    return {name: SUITES.get(name).description for name in SUITES}


#: What can be listed: from a library of prompts to the explanation of each name.
KINDS: Mapping[str, Callable[[Library], Mapping[str, str]]] = {
    "protocols": _protocols,
    "panels": _panels,
    "rules": _rules,
    "rubrics": _rubrics,
    "roles": _roles,
    "stops": _stops,
    "topologies": _topologies,
    "attacks": _attacks,
    "metrics": _metrics,
    "suites": _suites,
}
