"""What cases a reader wants to see, from a link's query: every value is checked, and none becomes SQL."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any
from urllib.parse import urlencode

from jury.errors import InputError

#: Filters by the exact value of a column.
EXACT = ("scenario", "category", "language", "technique", "target", "state", "choice", "exhibits", "truth")

#: Filters that hold or don't: name → the condition.
MARKS: dict[str, str] = {
    "hung": "state = 'hung'",
    "disputed": "(disagreement > 0 OR changed > 0 OR state = 'hung')",
    "changed": "changed > 0",
    "flipped": "flipped = 1",
    "invalid": "invalid > 0 OR state = 'invalid'",
    "dissent": "dissent > 0",
    "blocked": "blocked IS NOT NULL",
    "unfinished": "ended IS NOT NULL",
    "undecided": "state IN ('hung', 'no_quorum', 'invalid')",
    "against_gold": "truth IS NOT NULL AND choice IS NOT truth AND state != 'waiting'",
}

#: Filters by a number's range: name → the column.
RANGES: dict[str, tuple[str, str]] = {
    "margin_from": ("margin", ">="),
    "margin_below": ("margin", "<"),
    "rating_from": ("rating", ">="),
    "rating_below": ("rating", "<"),
    "disagreement_from": ("disagreement", ">="),
    "disagreement_below": ("disagreement", "<"),
}

#: Orders: name → what is sorted by; the position in the source breaks ties.
ORDERS: dict[str, str] = {
    "source": "position, number",
    "disagreement": "disagreement DESC, changed DESC, position, number",
    "margin": "margin IS NULL, margin, position, number",
    "changed": "changed DESC, disagreement DESC, position, number",
    "rating": "rating IS NULL, rating, position, number",
    "invalid": "invalid DESC, position, number",
    "scenario": "scenario, position, number",
    "cost": "cost DESC, position, number",
    "seconds": "seconds DESC, position, number",
}

#: Cases of a page.
PAGE = 50

#: The longest text that is searched for, in characters.
_LONGEST = 200

#: What a trigram index can find, in characters; shorter texts are looked for one by one.
_TRIGRAM = 3


@dataclass(frozen=True)
class Wishes:
    """Filters, an order, and a page counted from 1."""

    exact: Mapping[str, str] = field(default_factory=dict)
    marks: tuple[str, ...] = ()
    ranges: Mapping[str, float] = field(default_factory=dict)
    text: str = ""
    order: str = "source"
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Wishes":
        """The wishes in a link's query; what it does not know is passed over. Raises `InputError` for a bad value."""
        order = query.get("order") or "source"
        if order not in ORDERS:
            raise InputError(f"cases can't be sorted by {order!r}; choose one of {', '.join(ORDERS)}")
        return cls(
            exact={name: query[name] for name in EXACT if query.get(name)},
            marks=tuple(name for name in MARKS if query.get(name)),
            ranges={name: _number(name, query[name]) for name in RANGES if query.get(name)},
            text=query.get("text", "").strip()[:_LONGEST],
            order=order,
            page=max(1, int(_number("page", query.get("page") or "1"))),
        )

    @property
    def condition(self) -> tuple[str, dict[str, Any]]:
        """An SQL condition of our own words, and the values it is to be run with."""
        parts = [f"{name} = :{name}" for name in self.exact]
        parts += [f"({MARKS[name]})" for name in self.marks]
        parts += [f"{RANGES[name][0]} {RANGES[name][1]} :{name}" for name in self.ranges]
        values: dict[str, Any] = {**self.exact, **self.ranges}
        if self.text:
            found, values["text"] = _search(self.text)
            parts.append(f"number IN ({' UNION '.join(found.format(table) for table in ('prompts', 'answers'))})")
        return " AND ".join(parts) or "1", values

    def with_(self, **changes: Any) -> "Wishes":
        """The wishes with some changed."""
        return replace(self, **changes)

    @property
    def query(self) -> str:
        """The wishes as a link's query."""
        pairs: list[tuple[str, Any]] = [*self.exact.items(), *((name, 1) for name in self.marks)]
        pairs += [(name, f"{value:g}") for name, value in self.ranges.items()]
        defaults = {one.name: one.default for one in fields(self)}
        pairs += [
            (name, getattr(self, name)) for name in ("text", "order", "page") if getattr(self, name) != defaults[name]
        ]
        return urlencode(pairs)


def _number(name: str, words: str) -> float:
    try:
        value = float(words)
    except ValueError:
        value = float("nan")
    if not -1e9 < value < 1e9:
        raise InputError(f"{name} is {words[:40]!r}, which is no number that makes sense here")
    return value


def _search(text: str) -> tuple[str, str]:
    """The query that finds a text in a table, and the value it is run with."""
    if len(text) >= _TRIGRAM:
        return "SELECT rowid FROM {0} WHERE {0} MATCH :text", _quoted(text)
    return "SELECT rowid FROM {0} WHERE words LIKE :text ESCAPE '\\'", f"%{_plain(text)}%"


def _quoted(text: str) -> str:
    """The text as one phrase of a full-text query, whatever it holds."""
    return '"' + text.replace('"', '""').replace("\0", "") + '"'


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
