"""What is published, and how it came to be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jury.providers import is_rehearsal
from jury.records import Attempt, Committee, Drawing, Query, Recording, Taxonomy
from prompts import Library


@dataclass(frozen=True)
class Material:
    """The products of every stage, in any order.

    `queries` holds the kept and the rejected, `attempts` every batch that a member was asked for. What items a kept query
    becomes is its technique's to say (`jury.variants`).
    """

    taxonomy: Taxonomy
    queries: tuple[Query, ...]
    attempts: tuple[Attempt, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    recordings: tuple[Recording, ...] = ()


@dataclass(frozen=True)
class Making:
    """Who made it, and with what.

    `settings` are those of the generation as JSON. `makers` are the models that made what is not text, by their part
    (`painter`, `critic`, `female voice`, `male voice`). `models` names the model behind a call's ledger key, `votes` counts by
    seat the ballots cast on the taxonomy. `licence` is one that Hugging Face knows by that name.
    """

    settings: Mapping[str, Any]
    committee: Committee
    library: Library
    makers: Mapping[str, str] = field(default_factory=dict)
    models: Mapping[str, str] = field(default_factory=dict)
    votes: Mapping[str, int] = field(default_factory=dict)
    licence: str = "other"

    @property
    def rehearsal(self) -> bool:
        """Whether a scripted model had any part in it."""
        asked = (*self.committee.models, *self.makers.values(), *self.models.values())
        return any(is_rehearsal(model) for model in asked)
