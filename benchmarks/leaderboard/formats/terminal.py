"""A leaderboard on a terminal: as wide as the terminal is, in as many blocks as that takes."""

import io
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from benchmarks.cli.printable import on_one_line
from benchmarks.leaderboard.board import Board, Ranked, Table
from benchmarks.leaderboard.columns import Column
from benchmarks.leaderboard.formats.abbreviations import abbreviations
from benchmarks.leaderboard.formats.grid import figure_words, name_of, rank_of, warnings
from benchmarks.leaderboard.formats.registry import board_format

#: Characters of a name or a source, and of a line where no terminal says how wide it is.
_LONGEST, _USUAL = 60, 100

#: The narrowest a column of names becomes, and the share of a line that it may take.
_NARROWEST, _SHARE = 16, 0.4


@dataclass(frozen=True)
class _Shown:
    """A column of words: its heading, its cells from above, and whether it holds figures."""

    heading: str
    cells: tuple[str, ...]
    figures: bool = False

    @property
    def width(self) -> int:
        """The width of its cells and of the longest word of its heading, in characters."""
        return max(map(cell_len, (*self.cells, *self.heading.split(), " ")))


@dataclass(frozen=True)
class _Block:
    """Columns that stand beside ranks and names, so many characters apart; names are folded to a width."""

    columns: tuple[_Shown, ...]
    names: int
    gap: int


@board_format("terminal")
def terminal(board: Board) -> bytes:
    """Tables for a terminal, without colours; control characters are shown and not obeyed.

    What does not fit beside the models stands in further blocks below. Figures of categories stand by themselves, without
    intervals, under abbreviations that a legend explains. What all runs have in common (source, jury) takes no column.
    """
    width = max(40, shutil.get_terminal_size((_USUAL, 24)).columns)
    console = Console(file=io.StringIO(), width=width, highlight=False, no_color=True)
    with console.capture() as captured:
        for note in warnings(board):
            console.print(Text(note, "bold"))
        for table in board.tables:
            _print_table(console, table)
        for note in board.notes_on_all:
            console.print(Text(note))
    return "".join(line.rstrip() + "\n" for line in captured.get().splitlines()).encode()


def _print_table(console: Console, table: Table) -> None:
    console.print(Text(on_one_line(table.title), "bold"))
    for block in _blocks([*_whole(table), *_context(table)], table, console.width, gap=2):
        _print_block(console, block, table)
    for title, columns in _by_measure(table):
        console.print(Text(f"\n{title}", "bold"))
        for block in _blocks(columns, table, console.width, gap=1):
            _print_block(console, block, table)
    legend = abbreviations([column.category for column in table.columns])
    for line in filter(None, ["; ".join(f"{short}: {on_one_line(name)}" for name, short in legend.items())]):
        console.print(Text(line))
    for note in table.notes:
        console.print(Text(note))
    console.print()


def _whole(table: Table) -> Iterator[_Shown]:
    """The figures of whole runs."""
    for column in table.columns:
        if not column.category:
            yield _Shown(column.head, _cells(table, column, interval=True), figures=True)


def _context(table: Table) -> Iterator[_Shown]:
    """How many cases are undecided, and what tells the runs apart."""
    rows = [ranked.row for ranked in table.rows]
    told = {
        "undecided": [row.undecided for row in rows],
        "source": [row.source for row in rows],
        "jury": [row.jury for row in rows],
    }
    for heading, cells in told.items():
        if len({cell for cell in cells if cell}) > (heading != "undecided"):
            yield _Shown(heading, tuple(on_one_line(cell, _LONGEST) for cell in cells))


def _by_measure(table: Table) -> Iterator[tuple[str, list[_Shown]]]:
    """The figures of categories, one measure after the other, each under its title."""
    short = abbreviations([column.category for column in table.columns])
    for measure in dict.fromkeys(column.measure for column in table.columns if column.category):
        columns = [column for column in table.columns if column.category and column.measure == measure]
        heading = on_one_line(columns[0].heading.removeprefix(f"{columns[0].category} "))
        better = f" ({columns[0].better})" if columns[0].better else ""
        shown = [_Shown(short[one.category], _cells(table, one, interval=False), figures=True) for one in columns]
        yield f"{heading} by category{better}", shown


def _cells(table: Table, column: Column, *, interval: bool) -> tuple[str, ...]:
    return tuple(figure_words(one.row.figures.get(column.key), column, interval=interval) for one in table.rows)


def _blocks(columns: Sequence[_Shown], table: Table, width: int, gap: int) -> Iterator[_Block]:
    """The columns in as few blocks as fit. Names are folded as far as that saves a block, and no further."""
    longest = max((cell_len(_name(ranked, table)) for ranked in table.rows), default=1)
    most = min(longest, max(_NARROWEST, int(_SHARE * width)))
    least = min(longest, _NARROWEST)
    few = _split(columns, _room(width, table, least), gap)
    names = next(
        size for size in range(most, least - 1, -1) if len(_split(columns, _room(width, table, size), gap)) == len(few)
    )
    for block in _split(columns, _room(width, table, names), gap):
        yield _Block(tuple(block), names, gap)


def _room(width: int, table: Table, names: int) -> int:
    """What ranks and names of a width leave of a line."""
    return width - _ranks(table) - 1 - names


def _ranks(table: Table) -> int:
    """How wide ranks are."""
    return max((len(rank_of(ranked)) for ranked in table.rows), default=1)


def _split(columns: Sequence[_Shown], room: int, gap: int) -> list[list[_Shown]]:
    blocks: list[list[_Shown]] = []
    left = -1
    for column in columns:
        if column.width + gap > left or not blocks:
            blocks.append([])
            left = room
        blocks[-1].append(column)
        left -= column.width + gap
    return blocks


def _print_block(console: Console, block: _Block, table: Table) -> None:
    """The sections one below the other; published rows without any figure of the block are left out."""
    at = 0
    for place, (title, section) in enumerate(table.sections):
        rows = [
            (ranked, [column.cells[at + offset] for column in block.columns]) for offset, ranked in enumerate(section)
        ]
        at += len(section)
        told = [one for one in rows if not one[0].row.published or any(cell not in {"–", ""} for cell in one[1])]
        grid = _grid(block, table, head=place == 0)
        for ranked, cells in told:
            grid.add_row(*_cells_of(ranked, cells, table))
        if len(table.sections) > 1 and told and place:
            console.print(Text(title, "bold"))
        if told or place == 0:
            console.print(grid)


def _grid(block: _Block, table: Table, *, head: bool) -> Grid:
    """An empty grid of the block's columns, with room between them."""
    grid = Grid(box=None, padding=(0, 0), pad_edge=False, show_header=head)
    grid.add_column("#", justify="right", width=_ranks(table))
    grid.add_column("", width=1)
    grid.add_column("model", width=block.names, overflow="fold")
    for column in block.columns:
        heading = Text("\n".join(wrap(on_one_line(column.heading, _LONGEST), column.width)))
        grid.add_column("", width=block.gap)
        grid.add_column(heading, justify="right" if column.figures else "left", width=column.width, no_wrap=True)
    return grid


def _cells_of(ranked: Ranked, cells: Sequence[str], table: Table) -> list[Text]:
    """A row for the grid, with nothing in the room between columns."""
    told = [part for cell in cells for part in ("", cell)]
    return [Text(part) for part in (rank_of(ranked), "", _name(ranked, table), *told)]


def _name(ranked: Ranked, table: Table) -> str:
    """A row's model with its labels; that it is published, its section says where it has one of its own."""
    apart = len(table.sections) > 1 or not any(one.row.counts for one in table.rows)
    name = name_of(ranked)
    return on_one_line(name.removesuffix(" [published]") if apart else name, _LONGEST)
