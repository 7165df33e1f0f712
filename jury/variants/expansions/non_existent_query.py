"""Non-existent query (MLLMGuard, "Truthfulness": hallucination): a thing that is not there, asked about openly and with options."""

from jury.records import Query
from jury.variants.choice import ChoiceForm, lettered
from jury.variants.expansion import EXPANSIONS
from jury.variants.item import Item
from jury.variants.wording import Wording


@EXPANSIONS.add("non_existent_query")
class NonExistentQuery(ChoiceForm):
    """A truthful model says that there is no such thing, whether or not it is offered that answer."""

    def panels(self, query: Query, /) -> tuple[str, ...]:
        """One, for the question; the technique's guidance for images keeps what is asked about out of it."""
        return (self.choice(query).question,)

    def items(self, query: Query, wording: Wording, /) -> tuple[Item, ...]:
        """`open`, which has no letter to be right, and `options`, in which the right answer denies the thing."""
        choice = self.choice(query)
        options, gold = choice.ordered(query.id)
        asked = Item(f"{query.id}-open", query.id, choice.question, group=query.id, variant="open")
        return asked, lettered(query, "options", choice.question, options=options, gold=gold, wording=wording)
