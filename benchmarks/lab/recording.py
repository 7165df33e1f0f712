"""Recorded ballots with the truth: a folder's `ballots.csv`, `gold.csv` and, for groups, `responses.csv`."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from benchmarks.gold.rubrics import labelled_rubric
from benchmarks.gold.section import gold_section, sentences_of
from benchmarks.gold.vocabulary import OPPOSITE, Vocabulary, check_juror, check_known
from benchmarks.sources.fields import Fields
from benchmarks.sources.folder import BALLOTS, GOLD, RESPONSES
from benchmarks.sources.table import Columns, read_table
from jury.crowd import Sheet
from jury.errors import InputError
from jury.labels import ABSTAIN
from jury.records import Ballot, Cause, Rubric

_BALLOT: Columns = (("item_id",), ("juror",), ("label",))
_GOLD: Columns = (("item_id", "id"), ("label",))
_ITEM: Columns = (("item_id", "id"),)

#: So many labels that can't be read are named of each juror, and so many characters of each.
_NAMED, _LONGEST = 3, 40

#: The column that groups items where nobody names another: one case may have been put to several targets.
CASE = "case_id"


@dataclass(frozen=True)
class Recording:
    """Labelled items with their ballots. `positive` is None where no label was said to be the positive one; the rubric
    then names one all the same, and figures of a positive class mean nothing.

    `gold` says what the labels were taken for, as a run's results do.
    """

    name: str
    sheets: tuple[Sheet, ...]
    jurors: tuple[str, ...]
    rubric: Rubric
    positive: str | None
    groups: Mapping[str, str]
    gold: Mapping[str, Any] = field(default_factory=dict)

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
        return replace(self, sheets=sheets)

    @property
    def unread(self) -> dict[str, dict[str, int]]:
        """The labels of ballots that mean nothing, with their counts, by juror; jurors without any are left out."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for sheet in self.sheets:
            for ballot in sheet.ballots:
                if ballot.cause is not None:
                    found[ballot.juror][ballot.cause.detail] += 1
        return {juror: dict(found[juror].most_common()) for juror in self.jurors if juror in found}


def read_recording(
    folder: Path,
    *,
    jurors: str | None = None,
    positive: str | None = None,
    group: str | None = None,
    ignore_labels: bool = False,
    abstain_labels: tuple[str, ...] = (),
) -> Recording:
    """What a folder holds. Raises `InputError` naming file, row and field.

    `jurors` are names or patterns such as `*/orig`, with commas between them; `group` is a column of `gold.csv` or
    `responses.csv` whose equal values belong together: `case_id` where there is one, else every item is its own group.
    Unknown gold labels are an error, or with `ignore_labels` left out; an item whose label abstains is left out, too.
    """
    gold_rows = read_table(folder / GOLD, _GOLD)
    written = {_item(row): row.filled("label", "write the label or remove the row").strip() for row in gold_rows}
    counts = Counter(written.values())
    rubric, found = labelled_rubric(folder.resolve().name, counts, positive, abstain_labels)
    if not ignore_labels:
        check_known(str(folder / GOLD), counts, Vocabulary(rubric), "" if positive else OPPOSITE)
    gold = {item: choice for item, label in written.items() if (choice := rubric.choice_of(label)) is not None}
    if len(set(gold.values())) < 2:
        labels = ", ".join(map(repr, counts))
        raise InputError(f"{folder / GOLD}: at least two different labels are needed, and it has {labels}")
    by_item, cast = _ballots(folder / BALLOTS, rubric, gold)
    sitting = picked(sorted(cast), jurors, folder / BALLOTS)
    for juror in sitting:
        check_juror(juror, cast[juror], Vocabulary(rubric))
    sheets = tuple(
        Sheet(item, tuple(ballot for ballot in by_item[item] if ballot.juror in sitting), label)
        for item, label in gold.items()
    )
    meanings = {label: meaning for label in counts if (meaning := rubric.labels.meaning_of(label)) is not None}
    groups = _groups(folder, gold_rows, group)
    told = gold_section(written, meanings, rubric)
    return Recording(rubric.name, sheets, tuple(sitting), rubric, found, groups, told or {})


def notes_on(recording: Recording) -> list[str]:
    """What a reader must know of the labels: which stand for which side, what is left out, and what could not be read."""
    found = list(sentences_of(recording.gold, recording.rubric, sides=recording.positive is not None))
    for juror, labels in recording.unread.items():
        told = ", ".join(f"{_short(label)} ({count:,})" for label, count in list(labels.items())[:_NAMED])
        more = ", …" if len(labels) > _NAMED else ""
        number = sum(labels.values())
        found.append(f"{juror}: {number:,} invalid ballot{'' if number == 1 else 's'}, labelled {told}{more}.")
    return found


def _short(label: str) -> str:
    return repr(label if len(label) <= _LONGEST else f"{label[:_LONGEST]}…")


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


def _ballots(
    path: Path, rubric: Rubric, gold: Mapping[str, str]
) -> tuple[dict[str, list[Ballot]], dict[str, Counter[str]]]:
    """The ballots on items with gold, and how often each juror gave each label, on any item."""
    found: dict[str, list[Ballot]] = defaultdict(list)
    cast: dict[str, Counter[str]] = defaultdict(Counter)
    seen: dict[tuple[str, str], str] = {}
    for row in read_table(path, _BALLOT):
        item, juror = row.filled("item_id", "write the item's id"), row.filled("juror", "write who voted")
        label = (row.text("label") or "").strip()
        cast[juror][label] += 1
        if seen.setdefault((item, juror), label) != label:
            raise row.error("label", f"differs from an earlier row of juror {juror!r} on this item", "keep one of them")
        if item in gold and not any(ballot.juror == juror for ballot in found[item]):
            found[item].append(_ballot(row, juror, label, rubric))
    return found, cast


def _ballot(row: Fields, juror: str, label: str, rubric: Rubric) -> Ballot:
    """A ballot; one whose label is unknown is invalid."""
    meaning = rubric.labels.meaning_of(label)
    if meaning == ABSTAIN:
        return Ballot(seat=juror, juror=juror, state="abstain")
    if meaning is None:
        cause = Cause(kind="unreadable", detail=label[:200])
        return Ballot(seat=juror, juror=juror, state="invalid", cause=cause)
    places = [place.strip() for place in row.words("ranking").split(">") if place.strip()]
    ranking = tuple(choice for place in places if (choice := rubric.choice_of(place)) is not None)
    if len(set(ranking)) < len(places):
        raise row.error(
            "ranking", f"is no ranking of {', '.join(rubric.choices)}", "write labels with > between them, best first"
        )
    return Ballot(
        seat=juror,
        juror=juror,
        state="cast",
        choice=None if ranking else meaning,
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
