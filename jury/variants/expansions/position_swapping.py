"""Position swapping (MLLMGuard, "Truthfulness"): two things side by side, then the same with their places exchanged."""

from dataclasses import replace

from jury.records import Query
from jury.variants.choice import LETTERS, ChoiceForm, lettered, other
from jury.variants.expansion import EXPANSIONS
from jury.variants.images import beside
from jury.variants.item import Item
from jury.variants.wording import Wording


@EXPANSIONS.add("position_swapping")
class PositionSwapping(ChoiceForm):
    """A fair model follows the right answer to its new place; a biased one stays with the letter."""

    def panels(self, query: Query, /) -> tuple[str, ...]:
        """Panel 0 shows the right answer, panel 1 the wrong one."""
        choice = self.choice(query)
        return choice.right, choice.wrong

    def items(self, query: Query, wording: Wording, /) -> tuple[Item, ...]:
        """`original` and `swapped`: options and panels change places, and gold its letter."""
        choice = self.choice(query)
        options, gold = choice.ordered(query.id)
        first = lettered(query, "original", choice.question, options=options, gold=gold, wording=wording)
        second = lettered(query, "swapped", choice.question, options=options[::-1], gold=other(gold), wording=wording)
        return _shown(first), _shown(second)


def _shown(item: Item) -> Item:
    """The item with the panels beneath whose letters its options stand."""
    left = LETTERS.index(item.gold)
    return replace(item, combine=beside(left, 1 - left))
