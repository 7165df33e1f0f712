"""The clerk: puts images and clips into words for jurors who can't see or hear them."""

from jury.clerk.clerk import Clerk, read_by
from jury.clerk.describer import Describer
from jury.clerk.senses import Senses, senses_of

__all__ = ["Clerk", "Describer", "Senses", "read_by", "senses_of"]
