"""The clerk: puts images and clips into words for jurors who can't see or hear them."""

from jury.clerk.clerk import Clerk, clerk_calls, read_by
from jury.clerk.describer import Describer
from jury.clerk.senses import Senses, SensesOf, senses_of, takes

__all__ = ["Clerk", "Describer", "Senses", "SensesOf", "clerk_calls", "read_by", "senses_of", "takes"]
