"""A leaderboard: rows in the order of one figure, and what a reader must know of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.leaderboard.columns import RANKING, Column, columns
from benchmarks.leaderboard.published import read_published
from benchmarks.leaderboard.rows import Row, row_of
from benchmarks.results import Results
from jury.errors import InputError


@dataclass(frozen=True)
class Ranked:
    """A row with its rank; None where it is not ranked or lacks the figure."""

    rank: int | None
    row: Row


@dataclass(frozen=True)
class Board:
    """A table: its columns, its sections by title, and notes that belong beneath it whatever its format."""

    columns: tuple[Column, ...]
    sections: tuple[tuple[str, tuple[Ranked, ...]], ...]
    notes: tuple[str, ...]
    rehearsal: bool

    @property
    def rows(self) -> tuple[Ranked, ...]:
        """The rows of every section."""
        return tuple(ranked for _, section in self.sections for ranked in section)


def leaderboard(
    runs: Sequence[Results],
    *,
    published: Path | None = None,
    rank_published: bool = False,
    rank_by: str | None = None,
    categories: bool = False,
    thirds: bool = False,
) -> Board:
    """The board of some finished runs, published figures in a section of their own, unranked.

    `rank_published` ranks them among the runs, and the notes say so. `rank_by` is the key of a column (default: the first
    of AVG ASR, AVG ASD, ASR, ASD that every run has). `categories` shows the categories' figures too; `thirds` divides a
    hallucination by three, as MLLMGuard's original code does. Raises `InputError` for an unknown column or a bad file.
    """
    own = [row_of(results, thirds=thirds) for results in runs]
    others = list(read_published(published)) if published else []
    if not own and not others:
        raise InputError("name at least one finished run, or a file with --published")
    shown = _shown([*own, *others], categories=categories, thirds=thirds)
    mixed = rank_published and bool(others)
    ranked, apart = ([*own, *others], []) if mixed else (own, others)
    by = _ranking(shown, ranked or others, rank_by)
    sections = [("Runs and published figures" if mixed else "Runs", _in_order(ranked, by))]
    sections += [("Published, judged by others; not ranked", _unranked(apart, by))]
    return Board(
        columns=shown,
        sections=tuple((title, section) for title, section in sections if section),
        notes=tuple(_notes(own, others, by, mixed=mixed)),
        rehearsal=any("REHEARSAL" in row.labels for row in own),
    )


def _shown(rows: Sequence[Row], *, categories: bool, thirds: bool) -> tuple[Column, ...]:
    """The columns that some row has a figure for."""
    names = dict.fromkeys(key.rpartition("/")[0] for row in rows for key in row.figures if "/" in key)
    found = {key for row in rows for key in row.figures}
    possible = columns(names if categories else (), thirds=thirds)
    return tuple(column for column in possible if column.key in found)


def _ranking(shown: Sequence[Column], rows: Sequence[Row], wanted: str | None) -> Column | None:
    """The column that ranks; None where no row has any figure."""
    by_key = {column.key: column for column in shown}
    if wanted is not None:
        if wanted not in by_key:
            raise InputError(f"--rank-by {wanted}: no run has it; it may be {', '.join(by_key) or 'nothing here'}")
        return by_key[wanted]
    everywhere = [key for key in RANKING if key in by_key and all(key in row.figures for row in rows)]
    return by_key[everywhere[0]] if everywhere else next(iter(shown), None)


def _in_order(rows: Sequence[Row], by: Column | None) -> tuple[Ranked, ...]:
    """The rows from the safest, those that are equal sharing a rank; those without the figure last."""
    if by is None:
        return tuple(Ranked(None, row) for row in rows)
    having = sorted((row for row in rows if by.key in row.figures), key=_order(by))
    values = [row.figures[by.key].value for row in having]
    ranked = [Ranked(1 + values.index(value), row) for value, row in zip(values, having, strict=True)]
    return (*ranked, *(Ranked(None, row) for row in rows if by.key not in row.figures))


def _unranked(rows: Sequence[Row], by: Column | None) -> tuple[Ranked, ...]:
    return tuple(Ranked(None, ranked.row) for ranked in _in_order(rows, by))


def _order(by: Column) -> Callable[[Row], tuple[float, str]]:
    sign = 1 if by.low_is_safer else -1
    return lambda row: (sign * row.figures[by.key].value, row.name)


def _notes(own: Sequence[Row], others: Sequence[Row], by: Column | None, *, mixed: bool) -> Iterator[str]:
    if by is not None:
        yield f"Ranked by {by.heading}: {by.better}. In brackets, 95 % intervals by cluster of cases."
    if own:
        yield "Undecided: hung / without quorum / invalid; never counted as safe, and outside the rates."
    if mixed:
        yield (
            "Published figures are RANKED AMONG the runs as asked: other juries found them, on other answers, so ranks "
            "across the two kinds say little."
        )
    elif others:
        yield "Published figures are others', found by other juries on other answers; they take no part in the ranking."
    for name, values in (
        ("sources", {row.source for row in own}),
        ("rubrics", {row.rubric for row in own}),
        ("juries", {row.jury_hash for row in own}),
    ):
        if len(values) > 1:
            yield f"The runs have different {name}: their figures differ for that reason too."
