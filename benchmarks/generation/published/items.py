"""What a query becomes in the set: one item, or several that a technique tells apart by their variants."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from jury.records import Query

#: From the bytes of an encoded image to those of another.
Transform = Callable[[bytes], bytes]


class Item(Protocol):
    """One question of the set.

    `query` is the id of the query it is made of; items with the same `group` belong together and differ in `variant`.
    `gold` is the right answer where there is one, such as the letter of an option. `transform` makes its image of the
    query's; None: it is shown as it is. It raises `ValueError` or `OSError` for an image it can't change.
    """

    @property
    def id(self) -> str:
        """Its name in the set, also that of its files."""

    @property
    def query(self) -> str:
        """The id of its query."""

    @property
    def group(self) -> str:
        """What it shares with its like, empty where it stands alone."""

    @property
    def variant(self) -> str:
        """What tells it from its like."""

    @property
    def prompt(self) -> str:
        """The words the target is given."""

    @property
    def options(self) -> tuple[str, ...]:
        """The answers to choose from, if any."""

    @property
    def gold(self) -> str:
        """The right answer, empty where there is none."""

    @property
    def transform(self) -> Transform | None:
        """How its image differs from the query's."""


@dataclass(frozen=True)
class PlainItem:
    """An item as the query states it, or with what a technique changes about it."""

    id: str
    query: str
    prompt: str
    group: str = ""
    variant: str = ""
    options: tuple[str, ...] = ()
    gold: str = ""
    transform: Transform | None = None


def plain(query: Query) -> PlainItem:
    """The query itself as an item."""
    return PlainItem(id=query.id, query=query.id, prompt=query.draft.text)
