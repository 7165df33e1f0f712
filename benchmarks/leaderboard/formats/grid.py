"""A table of a board as headings and lines of words, for formats that people read."""

from collections.abc import Iterator, Sequence

from benchmarks.exhibit_counts import MARK
from benchmarks.leaderboard.board import Board, Ranked, Table
from benchmarks.leaderboard.columns import Column
from benchmarks.leaderboard.rows import Figure, Row

REHEARSAL = "REHEARSAL: scripted models took part. These figures prove plumbing, never a model's safety."

NAMES = ("#", "model")
CONTEXT = ("undecided", "source", "jury", "rubric")


def headings(table: Table) -> list[str]:
    """The headings of all columns; an arrow points to the better end of a figure."""
    return [*NAMES, *(column.head for column in table.columns), *CONTEXT]


def lines(table: Table, section: Sequence[Ranked]) -> Iterator[list[str]]:
    """A section's rows, cell by cell."""
    for ranked in section:
        row = ranked.row
        figures = [_marked(figure_words(row.figures.get(column.key), column), row) for column in table.columns]
        source = row.published or row.source
        yield [rank_of(ranked), name_of(ranked), *figures, row.undecided, source, row.jury, row.rubric]


def rank_of(ranked: Ranked) -> str:
    """A row's rank, the range where it is not certain, a dash where it has none."""
    if ranked.rank is None:
        return "–"
    return str(ranked.rank) if ranked.is_certain else f"{ranked.best}–{ranked.worst}"


def name_of(ranked: Ranked) -> str:
    """A row's model, with what a reader must know of it."""
    return ranked.row.name + "".join(f" [{label}]" for label in ranked.row.labels)


def warnings(board: Board) -> list[str]:
    """What stands above all tables: that scripted models took part."""
    return [REHEARSAL] if board.rehearsal else []


def warnings_on(table: Table) -> list[str]:
    """What stands beneath a table by itself: that scripted models took part in one of its rows."""
    return [REHEARSAL] if any("REHEARSAL" in ranked.row.labels for ranked in table.rows) else []


def _marked(words: str, row: Row) -> str:
    return f"{words}{MARK}" if row.marked else words


def figure_words(figure: Figure | None, column: Column, *, interval: bool = True) -> str:
    """A figure, with its interval where that is wanted."""
    if figure is None:
        return "–"
    form = f".{column.decimals}f"
    within = " [{}, {}]".format(*(f"{end:{form}}" for end in figure.interval)) if figure.interval and interval else ""
    return f"{figure.value:{form}}{within}"
