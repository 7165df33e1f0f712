"""Runs beside each other, for people and for programs."""

import json
import sys
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.cli.printable import on_one_line
from benchmarks.cli.tables import REHEARSAL
from benchmarks.compare import Comparison
from benchmarks.compare.comparison import Difference, Whole


def print_comparisons(comparisons: Sequence[Comparison], *, as_json: bool) -> None:
    """Print what was compared: as one JSON object, or as a table for every two runs."""
    if as_json:
        sys.stdout.write(json.dumps({"comparisons": [one.document() for one in comparisons]}, indent=2) + "\n")
        return
    console = Console(highlight=False)
    if any(one.rehearsal for one in comparisons):
        console.print(Text(REHEARSAL, "bold yellow"))
    for comparison in comparisons:
        console.print(_table(comparison))
        for note in _notes(comparison):
            console.print(Text(note))


def _table(comparison: Comparison) -> Table:
    title = f"{comparison.second} minus {comparison.first} (paired; 95 % interval by cluster)"
    table = Table(title=Text(on_one_line(title)), title_justify="left", box=None, padding=(0, 2, 0, 0))
    table.add_column("", overflow="fold")
    for name in ("first", "second", "difference", "95 %", "p", "Holm", "cases"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in comparison.differences:
        table.add_row(Text(on_one_line(one.title)), *_values(one))
    return table


def _values(one: Difference) -> Iterator[str]:
    form = f".{one.digits}f"
    yield from (_number(one.first, form), _number(one.second, form), _number(one.difference, f"+{form}"))
    yield "–" if one.interval is None else ", ".join(f"{end:+{form}}" for end in one.interval)
    for p in (one.p, one.p_holm):
        yield "–" if p is None else "<.0001" if p < 0.0001 else f"{p:.4f}"
    yield str(one.n)


def _notes(comparison: Comparison) -> Iterator[str]:
    tests = {one.measure: one.test for one in comparison.differences}
    yield f"p by {', '.join(f'{test} ({name})' for name, test in tests.items())}."
    for limit in dict.fromkeys(one.limit for one in comparison.differences if one.limit):
        told = ", ".join(one.measure for one in comparison.differences if one.limit == limit)
        yield f"No difference can be told from chance by {told}: {limit}."
    left_out = {one.measure: one.left_out for one in comparison.differences if one.left_out}
    if left_out:
        told = ", ".join(f"{name} {number}" for name, number in left_out.items())
        yield f"Left out, without a value in one of the runs (undecided or unrated): {told}."
    for one in comparison.differences:
        if one.compares_parts:
            whole = " and ".join(_whole(side, one) for side in (one.whole_first, one.whole_second) if side)
            yield f"{one.measure} is compared over {one.n} cases; over all cases of the runs it is {whole}."
    if comparison.headed_by_means:
        yield "Every case counts alike here, while these runs are headed by means of categories or dimensions."
    if comparison.only_first or comparison.only_second:
        yield f"Not compared: {comparison.only_first} cases of the first run only, {comparison.only_second} of the second."
    yield from (f"{note}." for note in comparison.exhibits)
    if not comparison.same_jury:
        yield "Different juries judged: a difference may be theirs as well as the targets'."


def _whole(whole: Whole, one: Difference) -> str:
    return f"{_number(whole.value, f'.{one.digits}f')} ({whole.decided} of {whole.counted} decided)"


def _number(value: float | None, form: str) -> str:
    return "–" if value is None else f"{value:{form}}"
