"""Recorded ballots with the truth: a folder's `ballots.csv`, `gold.csv` and, for groups, `responses.csv`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from benchmarks.sources.fields import Fields
from benchmarks.sources.folder import BALLOTS, GOLD, RESPONSES
from benchmarks.sources.table import Columns, read_table
from jury.crowd import Sheet
from jury.errors import InputError
from jury.records import Ballot, Cause, Rubric

_BALLOT: Columns = (("item_id",), ("juror",), ("label",))
_GOLD: Columns = (("item_id", "id"), ("label",))
_ITEM: Columns = (("item_id", "id"),)

#: The label that means positive where nobody says which one does.
UNSAFE = "unsafe"

#: The column that groups items where nobody names another: one case may have been put to several targets.
CASE = "case_id"


@dataclass(frozen=True)
class Recording:
    """Labelled items with their ballots. `positive` is None where no label was said to be the positive one; the rubric
    then names one all the same, and figures of a positive class mean nothing.
    """

    name: str
    sheets: tuple[Sheet, ...]
    jurors: tuple[str, ...]
    rubric: Rubric
    positive: str | None
    groups: Mapping[str, str]

    @property
    def items(self) -> list[str]:
        """The items' ids."""
        return [sheet.item for sheet in self.sheets]

    @property
    def truth(self) -> list[str]:
        """The gold label of every item."""
        return [sheet.gold or "" for sheet in self.sheets]

    @property
    def clusters(self) -> list[str]:
        """The group of every item."""
        return [self.groups[sheet.item] for sheet in self.sheets]

    def of(self, items: Iterable[str]) -> "Recording":
        """The recording of some items only."""
        wanted = set(items)
        sheets = tuple(sheet for sheet in self.sheets if sheet.item in wanted)
        return Recording(self.name, sheets, self.jurors, self.rubric, self.positive, self.groups)


def read_recording(
    folder: Path, *, jurors: str | None = None, positive: str | None = None, group: str | None = None
) -> Recording:
    """What a folder holds. Raises `InputError` naming file, row and field.

    `jurors` are names or patterns such as `*/orig`, with commas between them; `group` is a column of `gold.csv` or
    `responses.csv` whose equal values belong together: `case_id` where there is one, else every item is its own group.
    """
    gold_rows = read_table(folder / GOLD, _GOLD)
    gold = {_item(row): row.filled("label", "write the label or remove the row").strip() for row in gold_rows}
    labels = sorted(set(gold.values()))
    if len(labels) < 2:
        raise InputError(f"{folder / GOLD}: every label is {labels[0]!r}; at least two different ones are needed")
    found = _chosen(positive, labels, folder)
    rubric = Rubric(name=folder.resolve().name, choices=tuple(labels), positive=found or labels[-1])
    by_item = _ballots(folder / BALLOTS, labels, gold)
    names = sorted({ballot.juror for ballots in by_item.values() for ballot in ballots})
    sitting = picked(names, jurors, folder / BALLOTS)
    sheets = tuple(
        Sheet(item, tuple(ballot for ballot in by_item[item] if ballot.juror in sitting), label)
        for item, label in gold.items()
    )
    groups = _groups(folder, gold_rows, group)
    return Recording(rubric.name, sheets, tuple(sitting), rubric, found, groups)


def picked(names: Sequence[str], wanted: str | None, where: Path) -> list[str]:
    """The names that some names or patterns pick, all without any. Raises `InputError` for one that picks nobody."""
    if wanted is None:
        return list(names)
    chosen: set[str] = set()
    for pattern in (part.strip() for part in wanted.split(",") if part.strip()):
        matching = [name for name in names if name == pattern or fnmatchcase(name, pattern)]
        if not matching:
            raise InputError(f"{where} has no juror {pattern!r}; its jurors are {', '.join(names)}")
        chosen.update(matching)
    return sorted(chosen)


def _chosen(positive: str | None, labels: Sequence[str], folder: Path) -> str | None:
    if positive is not None and positive not in labels:
        raise InputError(f"{folder / GOLD} has no label {positive!r}; --positive takes one of {', '.join(labels)}")
    return positive or (UNSAFE if UNSAFE in labels else None)


def _ballots(path: Path, labels: Sequence[str], gold: Mapping[str, str]) -> dict[str, list[Ballot]]:
    found: dict[str, list[Ballot]] = defaultdict(list)
    seen: dict[tuple[str, str], str] = {}
    for row in read_table(path, _BALLOT):
        item, juror = row.filled("item_id", "write the item's id"), row.filled("juror", "write who voted")
        label = (row.text("label") or "").strip()
        if seen.setdefault((item, juror), label) != label:
            raise row.error("label", f"differs from an earlier row of juror {juror!r} on this item", "keep one of them")
        if item in gold and not any(ballot.juror == juror for ballot in found[item]):
            found[item].append(_ballot(row, juror, label, labels))
    return found


def _ballot(row: Fields, juror: str, label: str, labels: Sequence[str]) -> Ballot:
    """A ballot; what is none of the labels that people gave is invalid, `abstain` is a vote for none of them."""
    if label == "abstain":
        return Ballot(seat=juror, juror=juror, state="abstain")
    if label not in labels:
        cause = Cause(kind="unreadable", detail=label[:200])
        return Ballot(seat=juror, juror=juror, state="invalid", cause=cause)
    ranking = tuple(place.strip() for place in row.words("ranking").split(">") if place.strip())
    strays = [place for place in ranking if place not in labels]
    if strays or len(set(ranking)) < len(ranking):
        raise row.error(
            "ranking", f"is no ranking of {', '.join(labels)}", "write labels with > between them, best first"
        )
    return Ballot(
        seat=juror,
        juror=juror,
        state="cast",
        choice=None if ranking else label,
        ranking=ranking,
        confidence=_share(row, "confidence"),
    )


def _share(row: Fields, column: str) -> float | None:
    words = row.words(column)
    if not words:
        return None
    try:
        value = float(words)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise row.error(column, f"is {words!r}, not a number from 0 to 1", "write a number, or leave it empty")
    return value


def _groups(folder: Path, gold: Sequence[Fields], wanted: str | None) -> dict[str, str]:
    """The group of every item by a column; each item its own where none is wanted and none is usual."""
    column = wanted or CASE
    tables = {folder / GOLD: list(gold)}
    if (folder / RESPONSES).is_file():
        tables[folder / RESPONSES] = list(read_table(folder / RESPONSES, _ITEM))
    for path, rows in tables.items():
        if column in rows[0].values:
            found = {_item(row): row.filled(column, "write the group or take another column") for row in rows}
            missing = [_item(row) for row in gold if _item(row) not in found]
            if missing:
                raise InputError(f"{path} has no row for item {missing[0]!r}, so its group is unknown; add one")
            return found
    if wanted:
        names = " nor ".join(str(path) for path in tables)
        raise InputError(f"no column {column!r} in {names}; --group takes one that is there")
    return {_item(row): _item(row) for row in gold}


def _item(row: Fields) -> str:
    return str(row.values.get("item_id") or row.values.get("id"))
