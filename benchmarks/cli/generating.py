"""The making of a data set for a command: progress while it goes on, a summary at the end."""

import json
import sys
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.cli.printable import on_one_line
from benchmarks.cli.progress import PAUSE, warn
from benchmarks.generation.estimate import COUNTED, estimated
from benchmarks.generation.queries import DATA, QUERIES, generate_queries
from benchmarks.generation.settings import GenerationSettings
from benchmarks.generation.watcher import Watcher
from jury.records import Usage


class _Progress(Watcher):
    """Plain lines on standard error, every few seconds and at the end of a wave."""

    def __init__(self) -> None:
        self._total = self._done = 0
        self._said = time.monotonic()

    def began(self, streams: int) -> None:
        """Note a wave."""
        self._total, self._done = streams, 0

    def finished(self, usage: Usage) -> None:
        """Count one more stream."""
        self._done += 1
        if self._done == self._total or time.monotonic() - self._said >= PAUSE:
            self._said = time.monotonic()
            cost = "unknown" if usage.cost is None else f"${usage.cost:.4f}"
            tokens = usage.input_tokens + usage.output_tokens
            sys.stderr.write(
                f"{self._done}/{self._total} streams · {usage.calls:,} calls · {tokens:,} tokens · cost {cost}\n"
            )


async def written(settings: GenerationSettings) -> dict[str, Any]:
    """The summary of a sitting whose progress is shown."""
    return await generate_queries(settings, _Progress())


def print_estimate(settings: GenerationSettings, *, as_json: bool) -> None:
    """Print what a sitting would ask, least and most: one JSON object, or a table and how to read it."""
    estimate = estimated(settings)
    if as_json:
        sys.stdout.write(json.dumps(estimate, indent=2) + "\n")
        return
    screen = Console()
    table = Table(title=f"Dry run: {estimate['streams']} streams, no call made", title_justify="left")
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
    """Print what came of a sitting: one JSON object, or tables and where the files are."""
    if as_json:
        sys.stdout.write(json.dumps(summary, indent=2, ensure_ascii=False) + "\n")
        return
    screen = Console()
    label = " (rehearsal: written by scripts)" if summary["rehearsal"] else ""
    screen.print(Text(f"{summary['kept']} queries kept of {summary['written']} written{label}"))
    screen.print(_members(summary))
    for stream in summary["short"]:
        count = summary["streams"][stream]
        warn(f"{stream}: only {count['kept']} of {count['wanted']}; the committee had nothing new to say")
    sys.stdout.write(f"Kept in {out}: {QUERIES}, {DATA}, summary.json, ledger.sqlite\n")


def _members(summary: dict[str, Any]) -> Table:
    table = Table(title="Members", title_justify="left")
    for column in ("member", "model", "batches", "refused or unreadable", "kept", "dropped", "graded"):
        table.add_column(column, overflow="fold")
    for name, member in summary["members"].items():
        fates = member["queries"]
        failed = ", ".join(f"{number} {kind}" for kind, number in member["failed"].items()) or "0"
        dropped = sum(fates.values()) - fates.get("kept", 0)
        cells = (name, member["model"], member["batches"], failed, fates.get("kept", 0), dropped, member["graded"])
        table.add_row(*(Text(on_one_line(str(cell), 60)) for cell in cells))
    return table
