"""The rows of a published data set: requests with an image and clips beside them, of which a target is given some."""

from collections.abc import Sequence

from pydantic import JsonValue, ValidationError

from benchmarks.settings import ExhibitName
from benchmarks.sources.bad_rows import BadRow, Entry, good_of
from benchmarks.sources.exhibits import Exhibits
from benchmarks.sources.fields import Fields
from benchmarks.sources.nothing import NothingShownError
from benchmarks.sources.place import quoted
from benchmarks.sources.row import complaint, made_of
from jury.records import Case, Part, TextPart, Turn

#: The columns that tell an item of a data set from a case, which has none of them.
_OWN = frozenset({"options", "audio_female", "audio_male", "policy", "scores", "rehearsal"})

_FIELDS = _OWN | {
    "id", "scenario", "scenario_name", "category", "category_name", "language", "technique", "group", "variant", "prompt", "gold", "image",
}  # fmt: skip

_NO_PROMPT = "write the prompt or remove the item"


def are_published(rows: Sequence[Entry]) -> bool:
    """Whether rows are items of a data set, and not cases with parts of their own choosing."""
    return any(not _OWN.isdisjoint(row.values) for row in good_of(rows))


def items_of(
    rows: Sequence[Entry], exhibits: Exhibits, wanted: tuple[ExhibitName, ...] | None, limit: int | None
) -> tuple[tuple[Case, ...], tuple[BadRow, ...], tuple[str, ...]]:
    """The first `limit` items as cases that show the parts wanted (None: the text, and the image where there is one).

    And the bad rows, each of which is an invalid case, and problems. An item that lacks a part wanted by name is left out;
    it is named in a sentence of its own, as is a file that can't be used. Raises `InputError` if no item is left.
    """
    taken = rows[:limit]
    left_out = [_left_out(row, lacking) for row in good_of(taken) if (lacking := _lacking(row, wanted))]
    shown = [row for row in taken if isinstance(row, BadRow) or not _lacking(row, wanted)]
    if taken and not shown:
        raise NothingShownError(
            f"{taken[0].place.file}: no item has all of {', '.join(wanted or ())}; name other parts with --exhibits"
        )
    cases, bad = made_of(shown, lambda row: _case(row, wanted or _default(row), exhibits))
    said = (said for case in cases for said in exhibits.complaints(case, f"item {quoted(case.id)}"))
    return cases, bad, (*left_out, *said)


def are_rehearsed(cases: Sequence[Case]) -> bool:
    """Whether scripted models had a part in every one of them."""
    made = [case for case in cases if case.problem is None]
    return bool(made) and all(case.metadata.get("rehearsal") is True for case in made)


def _lacking(row: Fields, wanted: tuple[ExhibitName, ...] | None) -> list[str]:
    """The parts wanted by name that an item has not; the words stand under `prompt`."""
    columns = {name: "prompt" if name == "text" else name for name in wanted or ()}
    return [name for name, column in columns.items() if row.values.get(column) in {None, ""}]


def _left_out(row: Fields, lacking: list[str]) -> str:
    return f"item {quoted(row.values.get('id'))} has no {' and no '.join(lacking)} and is left out"


def _default(row: Fields) -> tuple[ExhibitName, ...]:
    """The words and the image; an image may stand without words."""
    if not row.words("image"):
        return ("text",)
    return ("text", "image") if row.words("prompt") else ("image",)


def _case(row: Fields, shown: tuple[ExhibitName, ...], exhibits: Exhibits) -> Case:
    row.only(_FIELDS)
    parts = tuple(_part(row, name, exhibits) for name in shown)
    try:
        return Case(
            id=row.filled("id", "give every item an id of its own"),
            turns=(Turn(parts=parts),),
            group=row.words("group"),
            variant=row.words("variant"),
            language=row.words("language") or "en",
            scenario=row.words("scenario"),
            technique=row.words("technique"),
            metadata=_metadata(row),
        )
    except ValidationError as error:
        raise complaint(row, error) from error


def _part(row: Fields, name: ExhibitName, exhibits: Exhibits) -> Part:
    if name == "text":
        return TextPart(text=row.filled("prompt", _NO_PROMPT))
    if name == "image":
        return exhibits.image(row.words(name), "")
    return exhibits.audio(row.words(name), row.words("prompt"))


def _metadata(row: Fields) -> dict[str, JsonValue]:
    """What a case has no field for. The right answer to a question is no label of a target's answer, so it is kept here."""
    told: dict[str, JsonValue] = {
        "category": row.words("category"),
        "options": _options(row),
        "gold": row.words("gold"),
        "rehearsal": row.values.get("rehearsal") is True,
    }
    return {name: value for name, value in told.items() if value}


def _options(row: Fields) -> list[JsonValue]:
    options = row.values.get("options") or []
    if not isinstance(options, list) or not all(isinstance(option, str) for option in options):
        raise row.error("options", "is not a list of texts", "write each option in quotes between brackets")
    return list(options)
