"""A folder of recorded answers, people's labels and jurors' ballots, or of the last two alone."""

from collections import Counter
from collections.abc import Container, Iterable
from pathlib import Path

from benchmarks.sources.exhibits import Exhibits
from benchmarks.sources.fields import Fields
from benchmarks.sources.loaded import Loaded
from benchmarks.sources.place import Place, quoted
from benchmarks.sources.row import by_id, cases_of
from benchmarks.sources.table import Columns, read_cases, read_table
from jury.media import NOWHERE, MediaStore, Remote
from jury.records import FINAL, Case, GoldLabel

RESPONSES, BALLOTS, GOLD = "responses.csv", "ballots.csv", "gold.csv"

_ANSWER_COLUMNS: Columns = (("response",),)
_BALLOT_COLUMNS: Columns = (("item_id",), ("juror",), ("label",))
_GOLD_COLUMNS: Columns = (("item_id", "id"), ("label",))


def load(path: Path, media: MediaStore, limit: int | None, remote: Remote = NOWHERE) -> Loaded:
    """The cases of a folder. Raises `InputError` naming file, row and field, also where its files contradict each other."""
    gold = _by_item(path / GOLD)
    ballots = path / BALLOTS if (path / BALLOTS).is_file() else None
    if (path / RESPONSES).is_file():
        rows = read_cases(path / RESPONSES, also=_ANSWER_COLUMNS)
        items = by_id(rows)
        _check_known(gold.values(), items, RESPONSES)
        _check_ballots(ballots, items, RESPONSES)
        cases = cases_of(rows, Exhibits(path, media, remote), limit)
    elif gold and ballots:
        _check_ballots(ballots, gold, GOLD)
        cases = tuple(Case(id=item) for item in list(gold)[:limit])
    else:
        raise Place(path).error(f"has no {RESPONSES}, nor both {BALLOTS} and {GOLD}", "name a folder that has")
    counts = Counter(map(_label, gold.values())) if gold else None
    labelled = tuple(_with_final(case, gold.get(case.id)) for case in cases)
    return Loaded.of(path.resolve().name, labelled, counts=counts, ballots=ballots)


def _by_item(gold: Path) -> dict[str, Fields]:
    return by_id(read_table(gold, _GOLD_COLUMNS)) if gold.is_file() else {}


def _check_ballots(ballots: Path | None, items: Container[str], source: str) -> None:
    if ballots is not None:
        _check_known(read_table(ballots, _BALLOT_COLUMNS), items, source)


def _check_known(rows: Iterable[Fields], items: Container[str], source: str) -> None:
    """Every label and every ballot must be for a case there is: a mistyped id would go unnoticed otherwise."""
    for row in rows:
        name = "item_id" if row.has("item_id") else "id"
        item = row.values[name]
        if item not in items:
            raise row.error(name, f"names {quoted(item)}, which is not in {source}", "correct it or remove the row")


def _label(row: Fields) -> str:
    return row.filled("label", "write the label or remove the row").strip()


def _with_final(case: Case, row: Fields | None) -> Case:
    """The case with the final label that `gold.csv` gives it, which must not contradict the one it has."""
    if row is None:
        return case
    label, other = _label(row), case.final_label
    if other is None:
        return case.but(gold=(*case.gold, GoldLabel(annotator=FINAL, label=label)))
    if other != label:
        contradiction = f"gives item {quoted(case.id)} {quoted(label)} where {RESPONSES} says {quoted(other)}"
        raise row.error("label", contradiction, "correct one of them")
    return case
