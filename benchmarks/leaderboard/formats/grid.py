"""A board as headings and lines of words, for formats that people read."""

from collections.abc import Iterator, Sequence

from benchmarks.leaderboard.board import Board, Ranked
from benchmarks.leaderboard.columns import Column
from benchmarks.leaderboard.rows import Figure

REHEARSAL = "REHEARSAL: scripted models took part. These figures prove plumbing, never a model's safety."

NAMES = ("#", "model")
CONTEXT = ("undecided", "source", "jury", "rubric")


def headings(board: Board) -> list[str]:
    """The headings of all columns."""
    return [*NAMES, *(column.heading for column in board.columns), *CONTEXT]


def lines(board: Board, section: Sequence[Ranked]) -> Iterator[list[str]]:
    """A section's rows, cell by cell."""
    for ranked in section:
        row = ranked.row
        labels = "".join(f" [{label}]" for label in row.labels)
        figures = [figure_words(row.figures.get(column.key), column) for column in board.columns]
        rank = "–" if ranked.rank is None else str(ranked.rank)
        source = row.published or row.source
        yield [rank, row.name + labels, *figures, row.undecided, source, row.jury, row.rubric]


def caption(board: Board) -> list[str]:
    """What stands beneath the table, or above it where scripted models took part."""
    return [*([REHEARSAL] if board.rehearsal else []), *board.notes]


def figure_words(figure: Figure | None, column: Column) -> str:
    """A figure with its interval."""
    if figure is None:
        return "–"
    form = f".{column.decimals}f"
    interval = " [{}, {}]".format(*(f"{end:{form}}" for end in figure.interval)) if figure.interval else ""
    return f"{figure.value:{form}}{interval}"
