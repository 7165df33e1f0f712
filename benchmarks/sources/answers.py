"""Answers recorded in a file of their own, apart from the cases they answer."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.sources.fields import Fields
from benchmarks.sources.jsonl import objects_in
from benchmarks.sources.place import Place, quoted
from benchmarks.sources.row import by_id
from benchmarks.sources.table import Columns, read_table
from benchmarks.sources.turns import answer_of
from jury.records import Answer, Case, Cause

_COLUMNS: Columns = (("item_id", "id"), ("response",))

#: So many unknown ids are named.
_NAMED = 10


@dataclass(frozen=True)
class AnswerFile:
    """The answers in a file by the id of their case; `sha256` names the file's content."""

    path: Path
    rows: Mapping[str, Fields]
    sha256: str

    def given_to(self, case: Case) -> Case:
        """The case with the file's answers in place of its own; where the file has none, they are invalid."""
        row = self.rows.get(case.id)
        answers = _missing(case, self.path) if row is None else _answers(row, case)
        return case.but(answers=answers, target="" if row is None else row.words("target"))

    def strangers(self, cases: Iterable[Case]) -> tuple[str, ...]:
        """Sentences on the answers to cases there are not."""
        ids = {case.id for case in cases}
        unknown = [quoted(item) for item in self.rows if item not in ids]
        more = f" and {len(unknown) - _NAMED} more" if len(unknown) > _NAMED else ""
        named = ", ".join(unknown[:_NAMED])
        return (f"{self.path}: answers to cases there are not: {named}{more}",) if unknown else ()


def read_answers(path: Path) -> AnswerFile:
    """The answers of a JSONL or CSV file with `id` (or `item_id`), `response`, and `target` if it says who answered.

    A case of several turns has a list `responses` in place of `response` (JSONL only). Raises `InputError` naming file,
    row and field.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise Place(path).error("is no file of answers", "name a .jsonl or .csv file with id and response")
    return AnswerFile(path, by_id(reader(path)), hashlib.sha256(path.read_bytes()).hexdigest())


def _table(path: Path) -> tuple[Fields, ...]:
    return read_table(path, _COLUMNS)


_READERS: dict[str, Callable[[Path], tuple[Fields, ...]]] = {".jsonl": objects_in, ".csv": _table}


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


def _missing(case: Case, path: Path) -> tuple[Answer, ...]:
    cause = Cause(kind="missing", detail=f"{path.name} has no answer to this case")
    return tuple(Answer(state="invalid", cause=cause) for _ in case.turns)
