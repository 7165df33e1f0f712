"""Answers recorded in a file of their own, apart from the cases they answer."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.sources.bad_rows import BadRow, Entry, bad_of, good_of
from benchmarks.sources.fields import Fields
from benchmarks.sources.jsonl import objects_in
from benchmarks.sources.place import Place, quoted
from benchmarks.sources.row import identity_of
from benchmarks.sources.table import Columns, read_table
from benchmarks.sources.turns import answer_of
from jury.errors import InputError
from jury.files import DATA_BYTES, read_regular
from jury.records import Answer, Case, Cause

_COLUMNS: Columns = (("item_id", "id"), ("response",))

#: So many unknown ids are named.
_NAMED = 10


@dataclass(frozen=True)
class AnswerFile:
    """The answers in a file by the id of their case; `sha256` names the file's content.

    `bad` are its rows that can't be read; an answer to a case of theirs is invalid.
    """

    path: Path
    rows: Mapping[str, Fields]
    sha256: str
    bad: tuple[BadRow, ...] = ()

    def given_to(self, case: Case) -> tuple[Case, BadRow | None]:
        """The case with the file's answers in place of its own; where the file has none, they are invalid.

        And the row with these answers, if it can't be read as such.
        """
        if case.problem is not None:
            return case, None
        row, fault = self.rows.get(case.id), next((one for one in self.bad if one.id == case.id), None)
        if row is None:
            answers = _missing(case, self.path) if fault is None else _unread(case, fault)
            return case.but(answers=answers, target=""), None
        try:
            return case.but(answers=_answers(row, case), target=row.words("target")), None
        except InputError as error:
            fault = BadRow(row.place, error, case.id)
            return case.but(answers=_unread(case, fault), target=""), fault

    def strangers(self, cases: Iterable[Case]) -> tuple[str, ...]:
        """Sentences on the answers to cases there are not."""
        ids = {case.id for case in cases}
        unknown = [quoted(item) for item in self.rows if item not in ids]
        more = f" and {len(unknown) - _NAMED} more" if len(unknown) > _NAMED else ""
        named = ", ".join(unknown[:_NAMED])
        return (f"{self.path}: answers to cases there are not: {named}{more}",) if unknown else ()


def read_answers(path: Path) -> AnswerFile:
    """The answers of a JSONL or CSV file with `id` (or `item_id`), `response`, and `target` if it says who answered.

    A case of several turns has a list `responses` in place of `response` (JSONL only). A bad row is an invalid answer.
    Raises `InputError` for a file of another kind, or without a row that can be read.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise Place(path).error("is no file of answers", "name a .jsonl or .csv file with id and response")
    entries = reader(path)
    rows: dict[str, Fields] = {}
    bad = list(bad_of(entries))
    for row in good_of(entries):
        try:
            name, item = identity_of(row)
            first = rows.setdefault(item, row)
            if first is not row:
                problem = f"repeats the id of {first.place.unit} {first.place.number}"
                raise row.error(name, problem, "keep one answer to each case")
        except InputError as error:
            bad.append(BadRow(row.place, error))
    if not rows:
        raise bad[0].error
    return AnswerFile(path, rows, hashlib.sha256(read_regular(path, DATA_BYTES)).hexdigest(), tuple(bad))


def _table(path: Path) -> tuple[Entry, ...]:
    return read_table(path, _COLUMNS)


_READERS: dict[str, Callable[[Path], tuple[Entry, ...]]] = {".jsonl": objects_in, ".csv": _table}


def _answers(row: Fields, case: Case) -> tuple[Answer, ...]:
    texts = _texts(row)
    if len(texts) != len(case.turns):
        name = "responses" if row.has("responses") else "response"
        problem = f"holds {len(texts)} of the {len(case.turns)} answers that case {quoted(case.id)} takes"
        raise row.error(name, problem, "write one for each turn, in a list `responses`")
    return tuple(answer_of(text) for text in texts)


def _texts(row: Fields) -> list[str]:
    if not row.has("responses"):
        if not row.has("response"):
            raise row.error("response", "is missing", "write the answer, or remove the row")
        return [row.text("response") or ""]
    texts = row.values["responses"]
    if row.has("response") or not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise row.error(
            "responses", "is not a list of texts", "write a text for each turn, and no `response` beside it"
        )
    return texts


def _unread(case: Case, row: BadRow) -> tuple[Answer, ...]:
    cause = Cause(kind="row", detail=row.told[:2000])
    return tuple(Answer(state="invalid", cause=cause) for _ in case.turns)


def _missing(case: Case, path: Path) -> tuple[Answer, ...]:
    cause = Cause(kind="missing", detail=f"{path.name} has no answer to this case")
    return tuple(Answer(state="invalid", cause=cause) for _ in case.turns)
