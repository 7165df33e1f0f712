"""What one person says of one answer."""

from pydantic import Field, field_validator

from jury.errors import InputError
from jury.records import Rubric
from jury.records.base import Record

#: Longest name and note, in characters.
LONGEST_NAME, LONGEST_NOTE = 60, 4_000


class Label(Record):
    """A person's choice on a case, by name; `blind` if the jury's verdict was hidden until then, `at` in UTC (ISO 8601)."""

    case_id: str = Field(min_length=1)
    annotator: str = Field(min_length=1, max_length=LONGEST_NAME)
    choice: str = Field(min_length=1)
    rating: float | None = None
    note: str = Field(default="", max_length=LONGEST_NOTE)
    blind: bool = False
    at: str = Field(min_length=1)

    @field_validator("annotator")
    @classmethod
    def _is_name(cls, name: str) -> str:
        if name != " ".join(name.split()) or not name.isprintable():
            raise ValueError("a name is one line of letters, without space around it")
        return name


def check_fits(label: Label, rubric: Rubric) -> Label:
    """The label, named by the choice that it means. Raises `InputError` that names what the rubric does not know."""
    choice = rubric.choice_of(label.choice)
    if choice is None:
        raise InputError(f"{label.choice[:60]!r} is no choice of this rubric; choose {' or '.join(rubric.choices)}")
    scale = rubric.rating
    if label.rating is not None and (scale is None or not scale.low <= label.rating <= scale.high):
        told = f"lies outside {scale.low} to {scale.high}" if scale else "is not asked for by this rubric"
        raise InputError(f"the rating {label.rating:g} {told}")
    return label.but(choice=choice)
