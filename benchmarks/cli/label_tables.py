"""People's labels on a terminal."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.cli.printable import on_one_line
from benchmarks.cli.writing import print_json
from benchmarks.labels.agreement import Pair
from benchmarks.labels.summary import RunLabels
from benchmarks.report.naming import number


def print_labels(found: RunLabels, written: Sequence[Path], *, as_json: bool) -> None:
    """Who agrees with whom, and where the tables went."""
    if as_json:
        print_json({**found.document(), "written": [str(path) for path in written]})
        return
    console, agreement = Console(highlight=False), found.agreement
    console.print(
        f"{agreement.labels} labels by {len(agreement.annotators)}; {len(found.settled)} cases settled, "
        f"{len(found.unsettled)} on which people differ"
    )
    for what, counts in (("without a meaning", found.ignored), ("of abstention", found.abstained)):
        if counts:
            told = ", ".join(f"{_name(label)} ({count})" for label, count in counts.items())
            console.print(f"Left out: {sum(counts.values())} labels {what}: {told}")
    if agreement.alpha is not None:
        console.print(f"Krippendorff's alpha between people: {number(agreement.alpha, 2)}")
    console.print(_table([*agreement.people, *agreement.jury]))
    for path in written:
        console.print(f"Written to {path}", markup=False, soft_wrap=True)


def _table(pairs: Sequence[Pair]) -> Table:
    table = Table("Between", "And", "Cases", "Agreed", "Kappa", "Blind")
    for pair in pairs:
        low_high = f" [{number(pair.interval[0], 2)}, {number(pair.interval[1], 2)}]" if pair.interval else ""
        table.add_row(
            _name(pair.first), _name(pair.second), str(pair.n), f"{number(pair.agreed, 2)}{low_high}".replace("[", r"\["),
            number(pair.kappa, 2), str(pair.blind),
        )  # fmt: skip
    return table


def _name(name: str) -> str:
    return on_one_line(name, 40).replace("[", r"\[")
