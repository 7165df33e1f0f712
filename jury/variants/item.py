"""One question of a set, as a target is given it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

#: From the encoded images of a query's panels, in their order, to the encoded image of an item. Raises `ValueError`,
#: `OSError` or `InputError` for images that can't be used.
Combine = Callable[[Sequence[bytes]], bytes]


@dataclass(frozen=True)
class Item:
    """A query as a target is asked it, or one of several ways of asking it.

    `query` is the id of the query it is made of; items with the same `group` belong together and differ in `variant`.
    `options` are the texts behind the letters A and B; `gold` is the letter of the right one, empty where there is none.
    `combine` makes its image; None: the first panel as it is. What `needs_image` makes no sense without one.
    """

    id: str
    query: str
    prompt: str
    group: str = ""
    variant: str = ""
    options: tuple[str, ...] = ()
    gold: str = ""
    combine: Combine | None = None
    needs_image: bool = False
