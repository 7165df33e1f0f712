"""Which columns a table shows, and how categories of one name in several spellings become one column."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from benchmarks.leaderboard.columns import Column, category_columns, category_key, whole_columns
from benchmarks.leaderboard.rows import Row
from benchmarks.metrics.rubric_kind import Kind
from benchmarks.suites.reading import slug
from jury.taxonomies import load_taxonomy

#: What published figures of categories are, and what stands beside them.
_PUBLISHED = ("asr", "sri")

#: Figures that say nothing under a kind of rubric, unless they are its headlines.
_HIDDEN: dict[Kind, frozenset[str]] = {
    "refusal": frozenset({"asr", "sri", "avg_asr", "avg_sri"}),
    "own": frozenset({"asr", "avg_asr"}),
}


def columns_of(rows: Sequence[Row], *, categories: bool, thirds: bool) -> tuple[Column, ...]:
    """The columns that some row has a figure for: the headlines first, then the others, then those of categories."""
    found = {key for row in rows for key in row.figures}
    headed = list(dict.fromkeys(one.name for row in rows for one in row.headlines))
    hidden = {name for row in rows if row.headlines for name in _HIDDEN.get(row.kind, ())} - set(headed)
    whole = [_named(column, rows) for column in whole_columns(thirds=thirds) if column.key in found - hidden]
    whole.sort(key=lambda column: _place(column, headed))
    if not categories:
        return tuple(whole)
    ordered = sorted(rows, key=lambda row: not row.published)  # in the order in which they were published
    names = dict.fromkeys(name for row in ordered for name in _categories(row))
    measures = dict.fromkeys(measure for row in rows for measure in row.measures) or dict.fromkeys(_PUBLISHED)
    shown = (_named(column, rows) for column in category_columns(names, measures))
    return (*whole, *(column for column in shown if column.key in found))


def with_common_categories(own: Sequence[Row], others: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The rows with every category under one name, whatever its spelling: a data set may know it by its key.

    `confidential_information` and `Confidential Information` are one category, unless a row has both; a name is preferred to
    a key.
    """
    listed = [_categories(row) for row in (*others, *own)]
    apart = {key for names in listed for key, times in Counter(map(_key, names)).items() if times > 1}
    preferred: dict[str, str] = {}
    for name in dict.fromkeys(name for names in listed for name in names):
        key = _key(name)
        if key not in apart and (key not in preferred or preferred[key] == key):
            preferred[key] = name
    named = _shipped_names()
    preferred |= {key: named[key] for key, name in preferred.items() if name == key and key in named}
    return [_renamed(row, preferred) for row in own], [_renamed(row, preferred) for row in others]


@cache
def _shipped_names() -> Mapping[str, str]:
    """The English names of the categories of the shipped taxonomies, by key."""
    listed = (category for name in ("safebench", "mllmguard") for category in load_taxonomy(name).categories)
    return {category.key: category.name["en"] for category in listed}


def _categories(row: Row) -> list[str]:
    return list(dict.fromkeys(key.rpartition("/")[0] for key in row.figures if "/" in key))


def _key(name: str) -> str:
    return slug(name) or name


def _renamed(row: Row, preferred: Mapping[str, str]) -> Row:
    figures = {}
    for key, figure in row.figures.items():
        category, _, measure = key.rpartition("/")
        figures[category_key(preferred.get(_key(category), category), measure) if category else key] = figure
    return replace(row, figures=figures)


def _place(column: Column, headed: Sequence[str]) -> int:
    name = column.key.removesuffix("_thirds")
    return headed.index(name) if name in headed else len(headed)


def _named(column: Column, rows: Iterable[Row]) -> Column:
    """The column with the rubric's positive side in its heading, and the end that the rubric says is better."""
    labels = [one for row in rows for one in row.headlines if one.name == "share"]
    if column.measure != "share" or not labels:
        return column
    first = labels[0]
    heading = column.heading.replace("share of {positive}", first.label)
    return replace(
        column, heading=heading, low_is_safer=None if first.direction is None else first.direction == "lower"
    )
