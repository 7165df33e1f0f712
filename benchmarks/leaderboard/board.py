"""A leaderboard: a table for every suite, its rows in the order of the suite's own headline, and what a reader must know."""

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.exhibit_counts import MARKED
from benchmarks.leaderboard.columns import AVG_ASD_THIRDS, Column
from benchmarks.leaderboard.published import read_published
from benchmarks.leaderboard.rows import Row, row_of
from benchmarks.leaderboard.shown import columns_of, with_common_categories
from benchmarks.metrics.headlines import FIGURES
from benchmarks.metrics.ranking import group_by_suite, title_of
from benchmarks.results import Results
from jury.errors import InputError

#: What ranks published figures, and runs together with them, where they do not have the runs' headlines.
PUBLISHED_RANK = ("avg_asr", "avg_asd", "asr", "asd")

#: What stands beneath the last of several tables.
APART = "Every suite has a table of its own, since figures of different suites are not on one scale: there is no joint rank."


@dataclass(frozen=True)
class Ranked:
    """A row with its rank; None where it is not ranked or lacks the figure.

    `best` and `worst` are the ranks that it may have: before a row whose interval lies on the worse side of its own it stands for
    certain. A figure without an interval may have any rank.
    """

    rank: int | None
    row: Row
    best: int | None = None
    worst: int | None = None

    @property
    def is_certain(self) -> bool:
        """Whether it can have its rank only."""
        return self.best == self.worst


@dataclass(frozen=True)
class Table:
    """The runs over one suite: columns, sections by title, and notes that belong beneath it whatever its format."""

    title: str
    columns: tuple[Column, ...]
    sections: tuple[tuple[str, tuple[Ranked, ...]], ...]
    notes: tuple[str, ...]
    ranked_by: str = ""

    @property
    def rows(self) -> tuple[Ranked, ...]:
        """The rows of every section."""
        return tuple(ranked for _, section in self.sections for ranked in section)


@dataclass(frozen=True)
class Board:
    """A table for every suite, and notes on all of them together."""

    tables: tuple[Table, ...]
    notes_on_all: tuple[str, ...]
    rehearsal: bool

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of every table, each once."""
        return tuple(dict.fromkeys(column for table in self.tables for column in table.columns))

    @property
    def sections(self) -> tuple[tuple[str, tuple[Ranked, ...]], ...]:
        """The sections of every table."""
        return tuple(section for table in self.tables for section in table.sections)

    @property
    def rows(self) -> tuple[Ranked, ...]:
        """The rows of every table."""
        return tuple(ranked for table in self.tables for ranked in table.rows)

    @property
    def notes(self) -> tuple[str, ...]:
        """The notes of every table, each once, and those on all of them."""
        return tuple(dict.fromkeys((*(note for table in self.tables for note in table.notes), *self.notes_on_all)))


@dataclass(frozen=True)
class _Wishes:
    """How a table is to be shown and ranked."""

    rank_by: str | None
    rank_published: bool
    categories: bool
    thirds: bool


def leaderboard(
    runs: Sequence[Results],
    *,
    published: Path | None = None,
    rank_published: bool = False,
    rank_by: str | None = None,
    categories: bool = False,
    thirds: bool = False,
) -> Board:
    """The board of some finished runs: a table for every suite, published figures in a section of their own, unranked.

    Runs are of one suite if their cases are, or else their source, and if they were judged by one rubric. `rank_published`
    ranks published figures among the runs, and the notes say so. `rank_by` is the key of a column (default: the first of the
    suite's headlines that every run has); tables without it keep their own. `categories` shows the categories' figures too;
    `thirds` divides a hallucination by three, as MLLMGuard's original code does. Raises `InputError` for an unknown column
    or a bad file.
    """
    own = [row_of(results, thirds=thirds) for results in runs]
    others = list(read_published(published)) if published else []
    if not own and not others:
        raise InputError("name at least one finished run, or a file with --published")
    wishes = _Wishes(rank_by, rank_published, categories, thirds)
    groups = group_by_suite(own)
    beside = _beside(groups, others)
    tables = [_table(group, others if place in beside else [], wishes) for place, group in enumerate(groups)]
    if others and not beside:
        tables.append(_table([], others, wishes))
    if rank_by is not None and not any(rank_by == table.ranked_by for table in tables):
        known = dict.fromkeys(column.key for table in tables for column in table.columns)
        raise InputError(f"--rank-by {rank_by}: no run has it; it may be {', '.join(known) or 'nothing here'}")
    return Board(
        tables=tuple(tables),
        notes_on_all=(APART,) if len(tables) > 1 else (),
        rehearsal=any("REHEARSAL" in row.labels for row in own),
    )


def _beside(groups: Sequence[Sequence[Row]], others: Sequence[Row]) -> set[int]:
    """The groups that published figures stand beside: those whose headline they have, else those with a figure in common.

    Where there is none, it is the only group that measures harm. Under a user's own rubric, or that of refusals, nothing
    published is comparable.
    """
    told = {key for row in others for key in row.figures}
    comparable = {place: group for place, group in enumerate(groups) if group[0].kind in {"harm", "grades"}}
    headed = {place for place, group in comparable.items() if {one.name for one in group[0].headlines[:1]} & told}
    alike = {place for place, group in comparable.items() if any(told & row.figures.keys() for row in group)}
    return headed or alike or (set(comparable) if len(comparable) == 1 else set())


def _table(own: Sequence[Row], others: Sequence[Row], wishes: _Wishes) -> Table:
    """The table of one suite's runs, with published figures beside them; of published figures alone, if there are no runs."""
    own, others = with_common_categories(own, others)
    shown = columns_of([*own, *others], categories=wishes.categories, thirds=wishes.thirds)
    mixed = wishes.rank_published and bool(others)
    ranked, apart = ([*own, *others], []) if mixed else (own, others)
    by = _ranking(shown, ranked or others, wishes.rank_by)
    sections = [("Runs and published figures" if mixed else "Runs", _in_order(ranked, by))]
    sections += [("Published, judged by others; not ranked", _unranked(apart, by))]
    return Table(
        title=title_of(own) if own else "Published figures",
        columns=shown,
        sections=tuple((title, section) for title, section in sections if section),
        notes=tuple(_notes(own, others, by, mixed=mixed)),
        ranked_by=by.key if by else "",
    )


def _ranking(shown: Sequence[Column], rows: Sequence[Row], wanted: str | None) -> Column | None:
    """The column that ranks: the wanted one if it is there, else the first headline that every row has; None without any."""
    by_key = {column.key: column for column in shown}
    if wanted in by_key:
        if by_key[wanted].low_is_safer is None:
            raise InputError(f"--rank-by {wanted}: nothing says which end of it is better; rank by another column")
        return by_key[wanted]
    known = [by_key[name] for name in _with_thirds(_ranking_names(rows), by_key) if name in by_key]
    everywhere = [column for column in known if all(column.key in row.figures for row in rows)]
    return next(iter(everywhere or known or shown), None)


def _ranking_names(rows: Sequence[Row]) -> list[str]:
    """The figures that may rank rows: the first headline, then those of the same measure."""
    named = list(dict.fromkeys([*(one.name for row in rows for one in row.headlines), *PUBLISHED_RANK]))
    first = FIGURES[named[0]].measure if any(row.headlines for row in rows) else None
    return [name for name in named if first is None or FIGURES[name].measure == first]


def _with_thirds(names: Sequence[str], known: Container[str]) -> list[str]:
    """The names of headlines, a hallucination divided by three where that is shown."""
    thirds = AVG_ASD_THIRDS.key
    return [thirds if name == "avg_asd" and thirds in known else name for name in names]


def _in_order(rows: Sequence[Row], by: Column | None) -> tuple[Ranked, ...]:
    """The rows from the better end, those that are equal sharing a rank; those without the figure last.

    Where nothing says which end is better, the rows stand in the order of the figure and have no rank.
    """
    if by is None:
        return tuple(Ranked(None, row) for row in rows)
    having = sorted((row for row in rows if by.key in row.figures), key=_order(by))
    values = [row.figures[by.key].value for row in having]
    ranks = [None if by.low_is_safer is None else 1 + values.index(value) for value in values]
    ranked = [
        Ranked(rank, row, *(_range(row, having, by) if rank else (None, None)))
        for rank, row in zip(ranks, having, strict=True)
    ]
    return (*ranked, *(Ranked(None, row) for row in rows if by.key not in row.figures))


def _range(row: Row, rows: Sequence[Row], by: Column) -> tuple[int, int]:
    """The best and the worst rank of a row among some, by which intervals do not overlap its own."""
    others = [other for other in rows if other is not row]
    before = sum(_is_before(other, row, by) for other in others)
    after = sum(_is_before(row, other, by) for other in others)
    return 1 + before, len(rows) - after


def _is_before(one: Row, other: Row, by: Column) -> bool:
    """Whether the whole interval of a row lies on the better side of another's."""
    ours, theirs = one.figures[by.key].interval, other.figures[by.key].interval
    if ours is None or theirs is None:
        return False
    return ours[1] < theirs[0] if by.low_is_safer else ours[0] > theirs[1]


def _unranked(rows: Sequence[Row], by: Column | None) -> tuple[Ranked, ...]:
    return tuple(Ranked(None, ranked.row) for ranked in _in_order(rows, by))


def _order(by: Column) -> Callable[[Row], tuple[float, str]]:
    sign = -1 if by.low_is_safer is False else 1
    return lambda row: (sign * row.figures[by.key].value, row.name)


def _notes(own: Sequence[Row], others: Sequence[Row], by: Column | None, *, mixed: bool) -> Iterator[str]:
    if by is not None and by.better:
        yield (
            f"Ranked by {by.heading}: {by.better}. In brackets, 95 % intervals by cluster of cases; where they overlap, a range "
            "of ranks."
        )
    elif by is not None:
        yield (
            f"In the order of {by.heading}, and not ranked: the rubric does not say which end is better (`better: lower` or "
            "`better: higher` in its file says it). In brackets, 95 % intervals by cluster of cases."
        )
    if own:
        yield "Undecided: hung / without quorum / invalid; never counted as safe, and outside the rates."
    for row in own:
        yield from (f"{row.name}: {note}." for note in row.exhibits)
    if any(row.marked for row in own):
        yield f"{MARKED}."
    if mixed:
        yield (
            "Published figures are RANKED AMONG the runs as asked: other juries found them, on other answers, so ranks "
            "across the two kinds say little."
        )
    elif others:
        yield "Published figures are others', found by other juries on other answers; they take no part in the ranking."
    for name, values in (
        ("sources", {row.source for row in own}),
        ("juries", {row.jury_hash for row in own}),
        ("numbers of cases", {row.counts.get("cases") for row in own}),
    ):
        if len(values) > 1:
            yield f"The runs have different {name}: their figures differ for that reason too."
