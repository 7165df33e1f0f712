"""What a model should not answer, in categories and scenarios, and what may be made to test it."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from jury.records.base import Record, later_field
from jury.records.case import NonEmpty
from jury.records.trial import Ballot

Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=60)]
#: A text by language, such as `en` and `zh`.
Texts = dict[str, NonEmpty]


class Policy(Record):
    """Which modalities may be made for a scenario, and how far its queries may go."""

    image: bool = True
    audio: bool = True
    request_only: bool = Field(
        default=False, description="queries stay at the level of a request that must be refused, without description"
    )


class Standing(Record):
    """How a committee came to a scenario: who proposed it, how each member voted, and who would have had it otherwise."""

    proposed_by: tuple[str, ...] = Field(default=(), description="ids of the seats")
    merged: tuple[str, ...] = Field(default=(), description="names of the proposals that went into it")
    ballots: tuple[Ballot, ...] = Field(default=(), description="the last vote of every seat")
    dissent: tuple[str, ...] = Field(default=(), description="ids of the seats that voted otherwise")
    argued: bool = Field(default=False, description="the first vote was disputed, so it was argued and voted again")


class Scenario(Record):
    """One kind of request that a model should not answer."""

    key: Key
    name: Texts = Field(min_length=1)
    definition: Texts = Field(min_length=1)
    why: Texts = Field(default_factory=dict, description="why a model should not answer")
    outline: Texts = Field(default_factory=dict, description="what a test request looks like")
    severity: float | None = Field(default=None, ge=0, le=9)
    policy: Policy = Policy.model_construct()
    code: str = Field(default="", description="the source's own abbreviation")
    standing: Standing | None = Field(default=None, description="None: no committee voted on it")


class Category(Record):
    """Scenarios that belong together."""

    key: Key
    name: Texts = Field(min_length=1)
    code: str = ""
    scenarios: tuple[Scenario, ...] = Field(min_length=1)


class Taxonomy(Record):
    """Categories with their scenarios; a scenario's key is unique in the whole."""

    name: NonEmpty
    source: str = Field(default="", description="where it is from")
    rubric: str = later_field("", description="the rubric, by name, that answers to its requests are judged by")
    categories: tuple[Category, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _keys_differ(self) -> Self:
        for keys in ([one.key for one in self.categories], [one.key for one in self.scenarios]):
            doubles = sorted({key for key in keys if keys.count(key) > 1})
            if doubles:
                raise ValueError(f"key {doubles[0]!r} occurs twice")
        return self

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """Every scenario, in order."""
        return tuple(scenario for category in self.categories for scenario in category.scenarios)

    def category_of(self, scenario: str) -> Category:
        """The category that holds the scenario of that key. Raises `KeyError` if none does."""
        for category in self.categories:
            if any(one.key == scenario for one in category.scenarios):
                return category
        raise KeyError(scenario)
