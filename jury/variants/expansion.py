"""From a kept query to the items of a set: as it is, unless its technique has an expansion of its own."""

from functools import lru_cache
from typing import Protocol

from jury.records import Query
from jury.records.query import Reason
from jury.registry import Registry
from jury.variants.item import Item
from jury.variants.wording import Wording


class Expansion(Protocol):
    """What becomes of the queries of a technique. One that needs a form of its texts raises `InputError` for others."""

    def problem(self, text: str, /) -> Reason:
        """Why a text can't be a query of the technique, empty if it can."""

    def panels(self, query: Query, /) -> tuple[str, ...]:
        """The words for each image that is to be painted, in the order in which an item's `combine` takes them."""

    def items(self, query: Query, wording: Wording, /) -> tuple[Item, ...]:
        """The items that a query becomes."""


class Plain:
    """The expansion that leaves a query as it is."""

    def problem(self, _: str, /) -> Reason:
        """None."""
        return ""

    def panels(self, query: Query, /) -> tuple[str, ...]:
        """One, of the query's words."""
        return (query.draft.text,)

    def items(self, query: Query, _: Wording, /) -> tuple[Item, ...]:
        """One, with the query's words and id."""
        return (Item(id=query.id, query=query.id, prompt=query.draft.text),)


#: Techniques by name whose queries become more than themselves. Every other technique is plain.
EXPANSIONS: Registry[type[Expansion]] = Registry("expansion")


@lru_cache(maxsize=64)
def expansion_of(technique: str) -> Expansion:
    """What becomes of a technique's queries."""
    return EXPANSIONS.get(technique)() if technique in tuple(EXPANSIONS) else Plain()


def panels_of(query: Query) -> tuple[str, ...]:
    """The words for each image of a query. Raises `InputError` for a query whose text has not its technique's form."""
    return expansion_of(query.technique).panels(query)


def items_of(query: Query, wording: Wording) -> tuple[Item, ...]:
    """The items that a query becomes. Raises `InputError` for a query whose text has not its technique's form."""
    return expansion_of(query.technique).items(query, wording)
