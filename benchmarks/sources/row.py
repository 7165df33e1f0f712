"""From an object with named fields, however it was written down, to a case."""

from collections.abc import Callable, Sequence

from pydantic import JsonValue, ValidationError

from benchmarks.sources.bad_rows import BadRow, Entry
from benchmarks.sources.exhibits import Exhibits
from benchmarks.sources.fields import Fields
from benchmarks.sources.labels import ANNOTATOR, gold_of
from benchmarks.sources.place import Place, nearest
from benchmarks.sources.turns import TURN_FIELDS, answers_of, messages_of, turn_of
from jury.errors import InputError
from jury.records import Case

#: Fields that hold text, so that they can be columns of a table; `annotator_…` come on top.
FLAT_FIELDS = TURN_FIELDS | {
    "id", "item_id", "target", "gold", "group", "case_id", "variant", "prompt_type",
    "language", "scenario", "category", "technique",
}  # fmt: skip

_NESTED_FIELDS = frozenset({"turns", "metadata"})
#: Fields a case has no place for, or that only stand in for one: kept among its metadata.
_KEPT_FIELDS = ("case_id", "prompt_type", "category")


def cases_of(
    rows: Sequence[Entry], exhibits: Exhibits, limit: int | None = None
) -> tuple[tuple[Case, ...], tuple[BadRow, ...]]:
    """The first `limit` cases, or all, and the rows among them that can't be read: each of these is an invalid case.

    Raises `InputError` where none of all rows can be read.
    """
    return made_of(rows, lambda row: case_of(row, exhibits), limit)


def made_of(
    rows: Sequence[Entry], make: Callable[[Fields], Case], limit: int | None = None
) -> tuple[tuple[Case, ...], tuple[BadRow, ...]]:
    """The cases that are made of rows, in their order; a row that makes none, or repeats an id, is an invalid case."""
    cases: dict[str, Case] = {}
    first: dict[str, Place] = {}
    bad: list[BadRow] = []
    for row in rows[:limit]:
        read = row if isinstance(row, BadRow) else _made(row, make, first)
        if isinstance(read, BadRow):
            bad.append(read)
            read = read.case(cases)
        cases[read.id] = read
    if bad and len(bad) == len(rows):
        raise bad[0].error
    return tuple(cases.values()), tuple(bad)


def _made(row: Fields, make: Callable[[Fields], Case], first: dict[str, Place]) -> Case | BadRow:
    identity = ""
    try:
        name, identity = identity_of(row)
        seen = first.setdefault(identity, row.place)
        if seen is not row.place:
            identity = ""
            problem = f"repeats the id of {seen.unit} {seen.number}"
            raise row.error(name, problem, "give every case an id of its own")
        return make(row)
    except InputError as error:
        return BadRow(row.place, error, identity)


def case_of(fields: Fields, exhibits: Exhibits) -> Case:
    """The case an object describes: in the fields of a row, or as the record that `Case.to_json` writes.

    Raises `InputError` naming file, row and field.
    """
    try:
        if _is_record(fields):
            return exhibits.checked(Case.model_validate(fields.values))
        return _described(fields, exhibits)
    except ValidationError as error:
        raise complaint(fields, error) from error


def _described(fields: Fields, exhibits: Exhibits) -> Case:
    fields.only(FLAT_FIELDS | _NESTED_FIELDS, ANNOTATOR)
    messages = messages_of(fields)
    group = fields.words("group") or fields.words("case_id")
    return Case(
        id=identity_of(fields)[1],
        turns=tuple(turn_of(message, exhibits) for message in messages),
        group=group,
        variant=fields.words("variant") or (fields.words("prompt_type") if group else ""),
        language=fields.words("language") or "en",
        scenario=fields.words("scenario"),
        technique=fields.words("technique"),
        metadata=_metadata(fields),
        gold=gold_of(fields),
        target=fields.words("target"),
        answers=answers_of(messages),
    )


def identity_of(fields: Fields) -> tuple[str, str]:
    """The field that holds the id, and the id. Raises `InputError` where there is none."""
    if fields.has("id") and fields.has("item_id"):
        raise fields.error("id", "stands beside `item_id`", "keep one of them")
    name = "item_id" if fields.has("item_id") else "id"
    return name, fields.filled(name, "give every case an id of its own")


def _metadata(fields: Fields) -> dict[str, JsonValue]:
    kept = {name: fields.words(name) for name in _KEPT_FIELDS}
    return {**fields.table("metadata").values, **{name: value for name, value in kept.items() if value}}


def _is_record(fields: Fields) -> bool:
    turns = fields.values.get("turns")
    has_parts = isinstance(turns, list) and any(isinstance(turn, dict) and "parts" in turn for turn in turns)
    return has_parts or "answers" in fields.values or isinstance(fields.values.get("gold"), list)


def complaint(fields: Fields, error: ValidationError) -> InputError:
    """What a user is told of fields that make no case: the first thing that is wrong."""
    first = error.errors(include_url=False, include_input=False)[0]
    path = ".".join(str(step) for step in first["loc"])
    if first["type"] == "extra_forbidden":
        meant = nearest(path.rsplit(".", 1)[-1], Case.model_fields)
        return fields.error(path, "is not known here", f"did you mean `{meant}`" if meant else "remove it")
    reason = first["msg"].removeprefix("Value error, ")
    if not path:
        return fields.place.error(reason, "correct the case")
    return fields.error(path, f"is not as it must be ({reason})", "correct it")
