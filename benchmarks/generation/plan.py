"""What a set is to hold and what it is made with: it may grow, but what shapes its queries may not change under it."""

from pathlib import Path

from pydantic import Field, ValidationError

from benchmarks.generation.settings import ImageStage, SpeechStage
from benchmarks.generation.workings import workings
from jury.atomic import write_atomically
from jury.committee.settings import QuerySettings
from jury.errors import InputError
from jury.files import read_regular
from jury.records import Committee, Record, Taxonomy
from jury.trust.bases import note_bases

FILE = "plan.json"


class Plan(Record):
    """How many queries are wanted of each stream, and what they are made with.

    `wanted` is keyed by the stream, `scenario/language/technique`. Committee, taxonomy and query settings can't
    change between sittings, and neither can the texts that the workings keep; images and speech are those of the last sitting that named them.
    """

    committee: Committee
    taxonomy: Taxonomy
    queries: QuerySettings = Field(description="what shapes prompts and choice")
    prompts: str = Field(
        default="", description="in a set of release 0.1.0, which kept no copy of its texts: their hash"
    )
    wanted: dict[str, int] = Field(default_factory=dict)
    images: ImageStage | None = None
    speech: SpeechStage | None = None
    licence: str = "other"

    def after(self, earlier: "Plan", out: Path) -> "Plan":
        """The plan on top of the folder's own: what is not named anew stays as it was.

        Raises `InputError` if they don't go together.
        """
        if (
            not earlier.taxonomy.rubric and self.taxonomy.rubric
        ):  # a set of an earlier release, whose taxonomy named none
            earlier = earlier.but(taxonomy=earlier.taxonomy.but(rubric=self.taxonomy.rubric))
        changed = [name for field, name in _FIXED.items() if getattr(earlier, field) != getattr(self, field)]
        if changed:
            raise InputError(f"{out} holds a set made with another {' and '.join(changed)}; choose another --out")
        return self.but(
            prompts=earlier.prompts,
            wanted={**earlier.wanted, **self.wanted},
            images=self.images or earlier.images,
            speech=self.speech or earlier.speech,
        )


_FIXED = {"taxonomy": "taxonomy", "committee": "committee", "queries": "query settings"}


def read_plan(out: Path) -> Plan | None:
    """The plan of the set in a folder, None if there is none. Raises `InputError`."""
    path = workings(out) / FILE
    if not path.exists():
        return None
    try:
        plan = Plan.from_json(read_regular(path))
    except ValidationError:
        raise InputError(f"{path} is not a plan; choose another --out") from None
    note_bases(plan, path)
    return plan


def write_plan(out: Path, plan: Plan) -> None:
    """Write the plan of a set down."""
    write_atomically(workings(out) / FILE, [plan.to_json()])
