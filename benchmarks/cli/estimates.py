"""A dry run's estimate, for people and for programs."""

import json
import sys

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.cli.printable import on_one_line
from benchmarks.demand import Demand
from benchmarks.estimate import NOTES, Estimate


def print_estimate(estimate: Estimate, *, as_json: bool, console: Console | None = None) -> None:
    """Print what a run would ask and cost: one JSON object, or a table and how to read it."""
    if as_json:
        sys.stdout.write(json.dumps(estimate.document, indent=2) + "\n")
        return
    screen = console or Console()
    screen.print(_table(estimate))
    if estimate.sampled < estimate.cases:
        screen.print(Text(f"reckoned from {estimate.sampled} of {estimate.cases:,} cases, evenly spread", "dim"))
    for recipient in estimate.recipients:
        screen.print(Text(f"calls would go to {on_one_line(recipient.words)}"))
    if estimate.rubric is not None:
        screen.print(Text(on_one_line(estimate.rubric.sentence, 400)))
    for note in NOTES:
        screen.print(Text(note, "dim"))


def _table(estimate: Estimate) -> Table:
    title = f"Dry run: {estimate.cases:,} cases, no call made; the least, and below it the most"
    table = Table(title=title, title_justify="left")
    table.add_column("model", overflow="fold")
    for column in ("calls", "tokens in", "tokens out", "cost, US$"):
        table.add_column(column, justify="right", no_wrap=True)
    for model, demand in estimate.demands.items():
        table.add_row(Text(on_one_line(model, 60)), *_figures(demand), _cost(estimate.cost(model)))
    table.add_row(Text("all", "bold"), *_figures(estimate.total), _cost(estimate.total_cost))
    return table


def _figures(demand: Demand) -> list[str]:
    pairs = ((getattr(demand.least, name), getattr(demand.most, name)) for name in _COLUMNS)
    return [f"{low:,.0f}\n{high:,.0f}" for low, high in pairs]


_COLUMNS = ("calls", "input_tokens", "output_tokens")


def _cost(cost: tuple[float, float] | None) -> str:
    if cost is None:
        return "unknown"
    return f"{cost[0]:,.4f}\n{cost[1]:,.4f}"
