"""The making of a data set for a command: progress while it goes on, a summary at the end."""

import json
import sys
import time
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.cli.exits import ExitCode
from benchmarks.cli.printable import on_one_line
from benchmarks.cli.progress import PAUSE, warn
from benchmarks.cli.tables import without_usage
from benchmarks.cli.writing import print_json
from benchmarks.generation.generate import generate
from benchmarks.generation.planning import TAXONOMY
from benchmarks.generation.reckoning import COUNTED, estimated
from benchmarks.generation.settings import GenerationSettings
from benchmarks.generation.watcher import Watcher
from benchmarks.generation.workings import FOLDER
from jury.records import Usage


class _Progress(Watcher):
    """Plain lines on standard error, every few seconds and at the end of a stage."""

    def __init__(self) -> None:
        self._what = ""
        self._total: int | None = None
        self._done = 0
        self._said = time.monotonic()

    def began(self, what: str, pieces: int | None) -> None:
        """Note a stage, or another wave of one."""
        self._what, self._total, self._done = what, pieces, 0

    def finished(self, usage: Usage) -> None:
        """Count one more piece."""
        self._done += 1
        if self._done == self._total or time.monotonic() - self._said >= PAUSE:
            self._said = time.monotonic()
            cost = "unknown" if usage.cost is None else f"${usage.cost:.4f}"
            tokens = f"{usage.input_tokens + usage.output_tokens:,} tokens{without_usage(usage.calls_without_usage)}"
            done = f"{self._done:,}" if self._total is None else f"{self._done:,}/{self._total:,}"
            sys.stderr.write(f"{done} {self._what} · {usage.calls:,} calls · {tokens} · cost {cost}\n")

    def warned(self, sentence: str) -> None:
        """Pass a warning on."""
        warn(sentence)


async def made(settings: GenerationSettings) -> dict[str, Any]:
    """The summary of a sitting whose progress is shown."""
    return await generate(settings, _Progress())


def print_estimate(settings: GenerationSettings, *, as_json: bool) -> None:
    """Print what a sitting would ask, least and most: one JSON object, or a table and how to read it."""
    estimate = estimated(settings)
    if as_json:
        sys.stdout.write(json.dumps(estimate, indent=2) + "\n")
        return
    screen = Console()
    table = Table(title="Dry run: no call made", title_justify="left")
    for column in ("model", "calls", "tokens in", "tokens out", "cost, US$"):
        table.add_column(column, overflow="fold")
    for model, demand in estimate["models"].items():
        counts = [f"{least:,} to {most:,}" for least, most in (demand[name] for name in COUNTED)]
        cost = "unknown" if demand["cost"] is None else "{:,.4f} to {:,.4f}".format(*demand["cost"])
        table.add_row(*(Text(cell) for cell in (on_one_line(model, 60), *counts, cost)))
    screen.print(table)
    for note in estimate["notes"]:
        screen.print(Text(note, "dim"))


def print_summary(summary: dict[str, Any], out: Path, *, as_json: bool) -> None:
    """Print what came of a sitting: one JSON object, or a line and a table for each stage and where the files are."""
    if as_json:
        print_json(summary)
        return
    screen = Console()
    for stage, show in _STAGES.items():
        if stage in summary:
            show(screen, summary[stage])
    if "items" in summary:
        label = " (rehearsal: made with scripted models)" if summary["rehearsal"] else ""
        screen.print(Text(f"{summary['items']} items{label} in {out}: data.jsonl, media/, README.md"), soft_wrap=True)
        screen.print(
            Text(f"What led to them: provenance.jsonl, manifest.json; to go on from: {FOLDER}/"), soft_wrap=True
        )


def leave_unless_made(summary: dict[str, Any]) -> None:
    """Leave with exit code 4 if a stage made nothing of what it was asked for."""
    made = {"taxonomy": "scenarios", "queries": "kept", "images": "made", "speech": "made"}
    for stage, counted in made.items():
        numbers = summary.get(stage)
        if numbers and not numbers[counted] and (counted != "made" or numbers["missing"]):
            warn(f"{stage}: nothing was made; the summary above says why, and the same command tries again")
            raise typer.Exit(ExitCode.TOO_FEW_VALID)


def _taxonomy(screen: Console, numbers: dict[str, Any]) -> None:
    label = " (rehearsal: drawn up by scripts)" if numbers["rehearsal"] else ""
    screen.print(
        Text(
            f"{numbers['scenarios']} scenarios in {numbers['categories']} categories{label}, from {numbers['proposals']} proposals "
            f"in {numbers['groups']} groups: {numbers['merged']} merged, {numbers['rejected']} rejected, "
            f"{numbers['argued']} argued, {numbers['with_dissent']} with dissent; in {TAXONOMY}"
        ),
        soft_wrap=True,
    )
    for member, causes in numbers["silent"].items():
        times = ", ".join(f"{number} {kind}" for kind, number in causes.items())
        warn(f"{on_one_line(member, 60)} gave nothing usable: {times}")


def _queries(screen: Console, numbers: dict[str, Any]) -> None:
    screen.print(Text(f"{numbers['kept']} queries kept of {numbers['written']} written"))
    screen.print(_members(numbers["members"]))
    for stream in numbers["short"]:
        count = numbers["streams"][stream]
        warn(f"{stream}: only {count['kept']} of {count['wanted']}; the committee had nothing new to say")


def _images(screen: Console, numbers: dict[str, Any]) -> None:
    screen.print(
        Text(
            f"{numbers['made']} images in {numbers['versions']} versions, {numbers['accepted']} accepted by the critic"
            f"{_lacking(numbers)}"
        )
    )
    for member, causes in numbers["passed_over"].items():
        times = ", ".join(f"{number} {kind}" for kind, number in causes.items())
        warn(f"{on_one_line(member, 60)} described no scene: {times}")


def _speech(screen: Console, numbers: dict[str, Any]) -> None:
    screen.print(Text(f"{numbers['made']} clips, {numbers['taken_again']} takes made again{_lacking(numbers)}"))


def _lacking(numbers: dict[str, Any]) -> str:
    missing = ", ".join(f"{number} {kind}" for kind, number in numbers["missing"].items())
    return f"; none for {missing}" if missing else ""


_STAGES = {"taxonomy": _taxonomy, "queries": _queries, "images": _images, "speech": _speech}


def _members(members: dict[str, dict[str, Any]]) -> Table:
    table = Table(title="Members", title_justify="left")
    for column in ("member", "model", "batches", "refused or unreadable", "kept", "dropped", "graded"):
        table.add_column(column, overflow="fold")
    for name, member in members.items():
        fates = member["queries"]
        failed = ", ".join(f"{number} {kind}" for kind, number in member["failed"].items()) or "0"
        dropped = sum(fates.values()) - fates.get("kept", 0)
        cells = (name, member["model"], member["batches"], failed, fates.get("kept", 0), dropped, member["graded"])
        table.add_row(*(Text(on_one_line(str(cell), 60)) for cell in cells))
    return table
