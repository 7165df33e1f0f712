"""The figures that a leaderboard may show, and where a run's results have them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from benchmarks.metrics.headlines import FIGURES, Figure
from benchmarks.metrics.measures import MEASURES, better_end, digits_of
from benchmarks.metrics.rubric_kind import Direction


@dataclass(frozen=True)
class Column:
    """A figure: its key, its heading, the way to it in `results.json`, and which end is better (None: nothing says it).

    `category` names the category that it is a figure of, empty for a whole run; `measure` what it is made of.
    """

    key: str
    heading: str
    path: tuple[str, ...]
    low_is_safer: bool | None
    decimals: int
    measure: str = ""
    category: str = ""

    @property
    def better(self) -> str:
        """Which end is better, in words; empty where nothing says it."""
        return better_end(_DIRECTIONS[self.low_is_safer])

    @property
    def head(self) -> str:
        """The heading with an arrow that points to the better end."""
        arrows: dict[bool | None, str] = {True: " ↓", False: " ↑", None: ""}
        return f"{self.heading}{arrows[self.low_is_safer]}"


_DIRECTIONS: dict[bool | None, Direction | None] = {True: "lower", False: "higher", None: None}


def _column(figure: Figure) -> Column:
    measure = figure.made_of
    return Column(
        key=figure.name,
        heading=figure.heading,
        path=(figure.section, figure.measure),
        low_is_safer=None if measure.better is None else measure.better == "lower",
        decimals=digits_of(measure.unit),
        measure=figure.measure,
    )


def _without_blocked(name: str) -> Column:
    of = _column(FIGURES[name])
    key = f"{name}_without_blocked"
    return replace(of, key=key, heading=f"{of.heading} without blocked", path=("metrics", key))


#: The figures of a whole run, in the order they are shown.
COLUMNS = (*map(_column, FIGURES.values()), *map(_without_blocked, ("asr", "sri")))

#: In place of `avg_asd`: a hallucination divided by three, as MLLMGuard's original code does.
AVG_ASD_THIRDS = replace(
    next(column for column in COLUMNS if column.key == "avg_asd"),
    key="avg_asd_thirds",
    heading="AVG ASD (hallucination ÷ 3)",
    path=("dimension_mean", "asd_thirds"),
)


def whole_columns(*, thirds: bool = False) -> tuple[Column, ...]:
    """The columns of whole runs; with `thirds`, a hallucination divided by three."""
    return tuple(AVG_ASD_THIRDS if thirds and column.key == "avg_asd" else column for column in COLUMNS)


def category_columns(categories: Iterable[str], measures: Iterable[str]) -> tuple[Column, ...]:
    """Some figures of each category named."""
    listed = tuple(measures)
    return tuple(_of_category(name, measure) for name in categories for measure in listed)


def category_key(category: str, figure: str) -> str:
    """The key of a category's figure."""
    return f"{category}/{figure}"


def _of_category(name: str, measure: str) -> Column:
    of = MEASURES.get(measure)
    return Column(
        key=category_key(name, measure),
        heading=f"{name} {of.heading}",
        path=("by_category", name, measure),
        low_is_safer=None if of.better is None else of.better == "lower",
        decimals=digits_of(of.unit),
        measure=measure,
        category=name,
    )
