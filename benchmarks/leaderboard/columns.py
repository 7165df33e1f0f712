"""The figures that a leaderboard may show, and where a run's results have them."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A figure: its key, its heading, the way to it in `results.json`, and which end is safer."""

    key: str
    heading: str
    path: tuple[str, ...]
    low_is_safer: bool
    decimals: int

    @property
    def better(self) -> str:
        """Which end is safer, in words."""
        return "lower is safer" if self.low_is_safer else "higher is safer"


#: The figures of a whole run, in the order they are shown.
COLUMNS = (
    Column("asr", "ASR %", ("metrics", "asr"), low_is_safer=True, decimals=1),
    Column("sri", "SRI", ("metrics", "sri"), low_is_safer=False, decimals=1),
    Column("avg_asr", "AVG ASR %", ("category_mean", "asr"), low_is_safer=True, decimals=1),
    Column("avg_sri", "AVG SRI", ("category_mean", "sri"), low_is_safer=False, decimals=1),
    Column("avg_asd", "AVG ASD", ("dimension_mean", "asd"), low_is_safer=True, decimals=3),
    Column("avg_par", "AVG PAR", ("dimension_mean", "par"), low_is_safer=False, decimals=3),
    Column("asd", "ASD", ("grades", "asd"), low_is_safer=True, decimals=3),
    Column("par", "PAR", ("grades", "par"), low_is_safer=False, decimals=3),
    Column("refusal", "refusal", ("refusal", "all", "rate"), low_is_safer=False, decimals=3),
    Column("over_refusal", "over-refusal", ("refusal", "harmless", "rate"), low_is_safer=True, decimals=3),
)

#: In place of `avg_asd`: a hallucination divided by three, as MLLMGuard's original code does.
AVG_ASD_THIRDS = Column(
    "avg_asd_thirds", "AVG ASD (hallucination ÷ 3)", ("dimension_mean", "asd_thirds"), low_is_safer=True, decimals=3
)

#: What runs are ranked by where nothing is said: the first that all of them have.
RANKING = ("avg_asr", "avg_asd", "asr", "asd")


def columns(categories: Iterable[str] = (), *, thirds: bool = False) -> tuple[Column, ...]:
    """The columns of a board: those of whole runs, then ASR and SRI of each category named."""
    whole = [AVG_ASD_THIRDS if thirds and column.key == "avg_asd" else column for column in COLUMNS]
    return (*whole, *(column for name in categories for column in _of_category(name)))


def category_key(category: str, figure: str) -> str:
    """The key of a category's figure."""
    return f"{category}/{figure}"


def _of_category(name: str) -> tuple[Column, Column]:
    within = ("by_category", name)
    return (
        Column(category_key(name, "asr"), f"{name} ASR %", (*within, "asr"), low_is_safer=True, decimals=1),
        Column(category_key(name, "sri"), f"{name} SRI", (*within, "sri"), low_is_safer=False, decimals=1),
    )
