"""Who an author is."""

from dataclasses import dataclass
from typing import Literal

Manner = Literal["plain", "formal", "curious"]

#: The manners in which an author speaks.
MANNERS: tuple[Manner, ...] = ("plain", "formal", "curious")


@dataclass(frozen=True)
class Author:
    """An author's character.

    One that is `repeating` writes half of its first batch again and again; one that is not `contented` never likes an
    image; one that is `refusing` declines whatever it is asked. `knows` is how many requests of a stream it can think of,
    None for all that its grammar holds.
    """

    name: str
    manner: Manner = "plain"
    repeating: bool = False
    contented: bool = True
    refusing: bool = False
    knows: int | None = None
