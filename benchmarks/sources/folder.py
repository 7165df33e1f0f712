"""A folder of recorded answers, people's labels and jurors' ballots, or of the last two alone."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.gold.vocabulary import mean_the_same
from benchmarks.sources.bad_rows import BadRow, RowReport, bad_of, good_of
from benchmarks.sources.exhibits import Exhibits
from benchmarks.sources.fields import Fields
from benchmarks.sources.loaded import Loaded
from benchmarks.sources.place import Place, quoted
from benchmarks.sources.row import cases_of, identity_of
from benchmarks.sources.table import Columns, read_cases, read_table
from jury.errors import InputError
from jury.labels import label_key
from jury.media import NOWHERE, MediaStore, Remote
from jury.records import FINAL, Case, GoldLabel

RESPONSES, BALLOTS, GOLD = "responses.csv", "ballots.csv", "gold.csv"

_ANSWER_COLUMNS: Columns = (("response",),)
_BALLOT_COLUMNS: Columns = (("item_id",), ("juror",), ("label",))
_GOLD_COLUMNS: Columns = (("item_id", "id"), ("label",))


def load(path: Path, media: MediaStore, limit: int | None, remote: Remote = NOWHERE) -> Loaded:
    """The cases of a folder. A bad row is an invalid case, or a label or a ballot that is left out.

    Raises `InputError` for a folder without the files, for a file without a row that can be read, and for one whose rows are
    all on other items.
    """
    gold = _by_item(path / GOLD)
    ballots = path / BALLOTS if (path / BALLOTS).is_file() else None
    bad: tuple[BadRow, ...] = ()
    if (path / RESPONSES).is_file():
        rows = read_cases(path / RESPONSES, also=_ANSWER_COLUMNS)
        items, source = {row.id if isinstance(row, BadRow) else _item(row) for row in rows}, RESPONSES
        cases, bad = cases_of(rows, Exhibits(path, media, remote), limit)
    elif gold.labels and ballots:
        items, source = set(gold.labels), GOLD
        cases = tuple(Case(id=item) for item in list(gold.labels)[:limit])
    else:
        raise Place(path).error(f"has no {RESPONSES}, nor both {BALLOTS} and {GOLD}", "name a folder that has")
    labels, bad_labels = gold.within(items, source)
    labelled, contradictions = _labelled(cases, labels)
    stray = _bad_ballots(ballots, items, source)
    counts = Counter(label for _, label in labels.values()) if (path / GOLD).is_file() else None
    loaded = Loaded.of(path.resolve().name, labelled, counts=counts, ballots=ballots, bad=bad)
    others = (*bad_labels, *contradictions)
    report = loaded.rows + RowReport.of(labels=others, ballots=stray)
    return replace(loaded, rows=report, problems=(*loaded.problems, *(row.told for row in (*others, *stray))))


@dataclass(frozen=True)
class Gold:
    """The final labels of a file by item, each with its row, and the rows that hold none."""

    labels: Mapping[str, tuple[Fields, str]] = field(default_factory=dict)
    bad: tuple[BadRow, ...] = ()

    def within(self, items: Collection[str], source: str) -> tuple[dict[str, tuple[Fields, str]], tuple[BadRow, ...]]:
        """The labels of some items, and all bad rows: a label of another item would go unnoticed if its id were mistyped.

        Raises `InputError` if not one is of these items.
        """
        strays = [_stray(row, items, source) for row, _ in self.labels.values()]
        bad = (*self.bad, *(row for row in strays if row is not None))
        known = {item: labelled for item, labelled in self.labels.items() if item in items}
        if bad and not known:
            raise bad[0].error
        return known, bad


def read_gold(path: Path) -> Gold:
    """The labels of a `gold.csv`. A row without an id or a label is bad; so are rows that give one item two labels.

    Raises `InputError` where no row can be read.
    """
    rows = read_table(path, _GOLD_COLUMNS)
    found: dict[str, tuple[Fields, str]] = {}
    bad: dict[Place, BadRow] = {row.place: row for row in bad_of(rows)}
    disputed = set()
    for row in good_of(rows):
        try:
            item, label = identity_of(row)[1], row.filled("label", "write the label or remove the row").strip()
            first, other = found.setdefault(item, (row, label))
            if not mean_the_same(other, label):
                disputed.add(item)
                problem = f"differs from row {first.place.number}, which labels item {quoted(item)} {quoted(other)}"
                raise row.error("label", problem, "keep one of them")
        except InputError as error:
            bad[row.place] = BadRow(row.place, error)
    labels = {item: labelled for item, labelled in found.items() if item not in disputed}
    return Gold(labels, tuple(bad.values()))


def _by_item(path: Path) -> Gold:
    return read_gold(path) if path.is_file() else Gold()


def _bad_ballots(ballots: Path | None, items: Collection[str], source: str) -> tuple[BadRow, ...]:
    """The rows of a file of ballots that say nothing of any item. Raises `InputError` if all are so."""
    if ballots is None:
        return ()
    rows = read_table(ballots, _BALLOT_COLUMNS)
    first: dict[tuple[str, str], str] = {}
    read = [row if isinstance(row, BadRow) else _ballot_fault(row, items, source, first) for row in rows]
    bad = tuple(row for row in read if row is not None)
    if len(bad) == len(rows):
        raise bad[0].error
    return bad


def _ballot_fault(row: Fields, items: Collection[str], source: str, first: dict[tuple[str, str], str]) -> BadRow | None:
    """The complaint about a row of ballots; `first` are the labels of the rows before it, by item and juror."""
    try:
        key = row.filled("item_id", "write the item's id"), row.filled("juror", "write who voted")
        label, other = row.words("label"), first.setdefault(key, row.words("label"))
        if label_key(label) != label_key(other):
            problem = f"differs from an earlier row of juror {quoted(key[1])} on this item, which is {quoted(other)}"
            raise row.error("label", problem, "keep one of them")
    except InputError as error:
        return BadRow(row.place, error)
    return _stray(row, items, source)


def _stray(row: Fields, items: Collection[str], source: str) -> BadRow | None:
    """The complaint about a row on an item there is not: a mistyped id would go unnoticed otherwise."""
    name = "item_id" if row.has("item_id") else "id"
    if (item := row.values[name]) in items:
        return None
    error = row.error(name, f"names {quoted(item)}, which is not in {source}", "correct it or remove the row")
    return BadRow(row.place, error)


def _item(row: Fields) -> str:
    """The id that a row gives, empty where it gives none."""
    return str(row.values.get("item_id") or row.values.get("id") or "")


def _labelled(
    cases: Iterable[Case], labels: Mapping[str, tuple[Fields, str]]
) -> tuple[tuple[Case, ...], tuple[BadRow, ...]]:
    """The cases with the final labels of `gold.csv`; one that contradicts the label that a case has leaves it without."""
    found, bad = [], []
    for case in cases:
        row, label = labels.get(case.id, (None, ""))
        if row is None:
            found.append(case)
        elif case.final_label is None or mean_the_same(case.final_label, label):
            found.append(_with_final(case, label))
        else:
            found.append(case.but(gold=tuple(one for one in case.gold if one.annotator != FINAL)))
            contradiction = (
                f"gives item {quoted(case.id)} {quoted(label)} where {RESPONSES} says {quoted(case.final_label)}"
            )
            bad.append(BadRow(row.place, row.error("label", contradiction, "correct one of them")))
    return tuple(found), tuple(bad)


def _with_final(case: Case, label: str) -> Case:
    others = tuple(one for one in case.gold if one.annotator != FINAL)
    return case.but(gold=(*others, GoldLabel(annotator=FINAL, label=label)))
