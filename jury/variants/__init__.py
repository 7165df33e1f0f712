"""From a kept query to the items of a set, and from a target's answer back to the letter it chose."""

from jury.registry import import_folder
from jury.variants import expansions
from jury.variants.choice import Choice, choice_of
from jury.variants.expansion import EXPANSIONS, Expansion, expansion_of, items_of, panels_of
from jury.variants.item import Combine, Item
from jury.variants.letters import Letter, read_letter
from jury.variants.typos import with_typos
from jury.variants.wording import Wording

__all__ = [
    "EXPANSIONS",
    "Choice",
    "Combine",
    "Expansion",
    "Item",
    "Letter",
    "Wording",
    "choice_of",
    "expansion_of",
    "items_of",
    "panels_of",
    "read_letter",
    "with_typos",
]

import_folder(expansions.__name__, expansions.__path__)
