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
from benchmarks.sources.bad_rows import BadRow, RowReport, bad_of, good_of, row_notes
from benchmarks.sources.fields import Fields
from benchmarks.sources.folder import BALLOTS, GOLD, RESPONSES, read_gold
from benchmarks.sources.place import quoted
from benchmarks.sources.table import Columns, read_table
from jury.crowd import Sheet
from jury.errors import InputError
from jury.labels import ABSTAIN, label_key
from jury.providers.recorded import two_labels
from jury.records import Ballot, Cause, Rubric

_BALLOT: Columns = (("item_id",), ("juror",), ("label",))
_ITEM: Columns = (("item_id", "id"),)

#: So many labels that can't be read are named of each juror, and so many characters of each.
_NAMED, _LONGEST = 3, 40

#: The column that groups items where nobody names another: one case may have been put to several targets.
CASE = "case_id"


@dataclass(frozen=True)
class Recording:
    """Labelled items with their ballots. `positive` is None where no label was said to be the positive one; the rubric
    then names one all the same, and figures of a positive class mean nothing.

    `gold` says what the labels were taken for, as a run's results do, and `rows` how many rows could not be read.
    """

    name: str
    sheets: tuple[Sheet, ...]
    jurors: tuple[str, ...]
    rubric: Rubric
    positive: str | None
    groups: Mapping[str, str]
    gold: Mapping[str, Any] = field(default_factory=dict)
    rows: RowReport = field(default_factory=RowReport)

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
    labelled = read_gold(folder / GOLD)
    if not labelled.labels:
        raise labelled.bad[0].error
    written = {item: label for item, (_, label) in labelled.labels.items()}
    counts = Counter(written.values())
    rubric, found = labelled_rubric(folder.resolve().name, counts, positive, abstain_labels)
    if not ignore_labels:
        check_known(str(folder / GOLD), counts, Vocabulary(rubric), "" if positive else OPPOSITE)
    gold = {item: choice for item, label in written.items() if (choice := rubric.choice_of(label)) is not None}
    if len(set(gold.values())) < 2:
        labels = ", ".join(map(repr, counts))
        raise InputError(f"{folder / GOLD}: at least two different labels are needed, and it has {labels}")
    by_item, cast, bad = _ballots(folder / BALLOTS, rubric, gold)
    sitting = picked(sorted(cast), jurors, folder / BALLOTS)
    for juror in sitting:
        check_juror(juror, cast[juror], Vocabulary(rubric))
    sheets = tuple(
        Sheet(item, tuple(ballot for ballot in by_item.get(item, ()) if ballot.juror in sitting), label)
        for item, label in gold.items()
    )
    meanings = {label: meaning for label in counts if (meaning := rubric.labels.meaning_of(label)) is not None}
    groups = _groups(folder, {item: row for item, (row, _) in labelled.labels.items()}, group)
    told, rows = gold_section(written, meanings, rubric), RowReport.of(labels=labelled.bad, ballots=bad)
    return Recording(rubric.name, sheets, tuple(sitting), rubric, found, groups, told or {}, rows)


def notes_on(recording: Recording) -> list[str]:
    """What a reader must know of the labels: which stand for which side, what is left out, and what could not be read."""
    found = list(sentences_of(recording.gold, recording.rubric, sides=recording.positive is not None))
    found += row_notes(recording.rows.document() if recording.rows else None)
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
) -> tuple[dict[str, list[Ballot]], dict[str, Counter[str]], tuple[BadRow, ...]]:
    """The ballots on items with gold, how often each juror gave each label on any item, and the rows that are no ballots.

    Of a juror who gave one item two labels, the ballot on it is invalid.
    """
    entries = read_table(path, _BALLOT)
    bad = list(bad_of(entries))
    found: dict[str, dict[str, Ballot]] = defaultdict(dict)
    cast: dict[str, Counter[str]] = defaultdict(Counter)
    labels: dict[tuple[str, str], str] = {}
    for row in good_of(entries):
        try:
            item, juror = row.filled("item_id", "write the item's id"), row.filled("juror", "write who voted")
            label = (row.text("label") or "").strip()
        except InputError as error:
            bad.append(BadRow(row.place, error))
            continue
        cast[juror][label] += 1
        first = labels.setdefault((item, juror), label)
        ballot, fault = _read_ballot(row, juror, label, first, rubric)
        bad += [fault] if fault else []
        if item in gold and (ballot.state == "invalid" or juror not in found[item]):
            found[item][juror] = ballot
    if len(bad) == len(entries):
        raise bad[0].error
    return {item: list(ballots.values()) for item, ballots in found.items()}, cast, tuple(bad)


def _read_ballot(row: Fields, juror: str, label: str, first: str, rubric: Rubric) -> tuple[Ballot, BadRow | None]:
    """A ballot, and the complaint about its row, where there is one; `first` is what an earlier row of it says."""
    try:
        if label_key(first) != label_key(label):
            problem = f"differs from an earlier row of juror {juror!r} on this item, which is {quoted(first)}"
            raise row.error("label", problem, "keep one of them")
        return _ballot(row, juror, label, rubric), None
    except InputError as error:
        words = label if label_key(first) == label_key(label) else two_labels(first, label)
        return _invalid(juror, words), BadRow(row.place, error)


def _ballot(row: Fields, juror: str, label: str, rubric: Rubric) -> Ballot:
    """A ballot; one whose label is unknown is invalid."""
    meaning = rubric.labels.meaning_of(label)
    if meaning == ABSTAIN:
        return Ballot(seat=juror, juror=juror, state="abstain")
    if meaning is None:
        return _invalid(juror, label)
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


def _invalid(juror: str, label: str) -> Ballot:
    return Ballot(seat=juror, juror=juror, state="invalid", cause=Cause(kind="unreadable", detail=label[:200]))


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


def _groups(folder: Path, gold: Mapping[str, Fields], wanted: str | None) -> dict[str, str]:
    """The group of every labelled item by a column; each item its own where none is wanted and none is usual.

    An item whose group can't be read is its own.
    """
    column = wanted or CASE
    tables = {folder / GOLD: tuple(gold.values())}
    if (folder / RESPONSES).is_file():
        tables[folder / RESPONSES] = good_of(read_table(folder / RESPONSES, _ITEM))
    for rows in tables.values():
        if column in rows[0].values:
            found = {_item(row): str(row.values[column]) for row in rows if str(row.values[column]).strip()}
            return {item: found.get(item, item) for item in gold}
    if wanted:
        names = " nor ".join(str(path) for path in tables)
        raise InputError(f"no column {column!r} in {names}; --group takes one that is there")
    return {item: item for item in gold}


def _item(row: Fields) -> str:
    return str(row.values.get("item_id") or row.values.get("id"))
