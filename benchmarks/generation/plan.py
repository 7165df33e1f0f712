"""What a data set's folder is to hold: it may grow, but what shapes its queries may not change under it."""

from pathlib import Path

from pydantic import Field, ValidationError

from jury.atomic import write_atomically
from jury.errors import InputError
from jury.records import Record

FILE = "plan.json"


class Plan(Record):
    """How many queries are wanted for each scenario, language and technique, and what they are made with.

    `wanted` is keyed by the stream, `scenario/language/technique`. The other fields can't change between sittings.
    """

    taxonomy: str = Field(description="hash of its content")
    panel: str = Field(description="hash of the committee's panel")
    queries: str = Field(description="hash of the settings that shape prompts and choice")
    prompts: str = Field(description="hash over every prompt file")
    wanted: dict[str, int] = Field(default_factory=dict)


def read_plan(folder: Path) -> Plan | None:
    """The plan of an earlier sitting, None if there was none. Raises `InputError`."""
    path = folder / FILE
    if not path.exists():
        return None
    try:
        return Plan.from_json(path.read_bytes())
    except ValidationError:
        raise InputError(f"{path} is not a plan; choose another --out") from None


def settled(folder: Path, plan: Plan) -> Plan:
    """The plan of this sitting on top of the folder's own, written down; what is not named anew stays as it was.

    Raises `InputError` if they don't go together.
    """
    earlier = read_plan(folder)
    if earlier is not None:
        _check_same(folder, earlier, plan)
        plan = plan.but(wanted={**earlier.wanted, **plan.wanted})
    write_atomically(folder / FILE, [plan.to_json()])
    return plan


_CALLED = {"taxonomy": "taxonomy", "panel": "committee", "queries": "query settings", "prompts": "prompts"}


def _check_same(folder: Path, earlier: Plan, plan: Plan) -> None:
    changed = [name for field, name in _CALLED.items() if getattr(earlier, field) != getattr(plan, field)]
    if changed:
        raise InputError(f"{folder} holds a set made with another {' and '.join(changed)}; choose another --out")
