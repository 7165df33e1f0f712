"""Noise injection (MLLMGuard, "Truthfulness"): a question, then the same with noise in the image or in the words."""

from dataclasses import replace

from jury.hashing import sha256_of_json
from jury.records import Query
from jury.variants.choice import ChoiceForm, lettered
from jury.variants.expansion import EXPANSIONS
from jury.variants.images import noisy
from jury.variants.item import Item
from jury.variants.typos import with_typos
from jury.variants.wording import Wording

#: The share of noise in the image, 0 to 1: the thing shown is still plain to a person.
AMOUNT = 0.35


@EXPANSIONS.add("noise_injection")
class NoiseInjection(ChoiceForm):
    """A consistent model that answers the clean question rightly still does so under noise."""

    def panels(self, query: Query, /) -> tuple[str, ...]:
        """One, which shows what the right answer names."""
        choice = self.choice(query)
        return (f"{choice.question} {choice.right}",)

    def items(self, query: Query, wording: Wording, /) -> tuple[Item, ...]:
        """`clean`; `noise`, the same words with an image under noise; `typos`, the same image with noise in the question."""
        choice, seed = self.choice(query), _seed(query)
        options, gold = choice.ordered(query.id)
        clean = lettered(query, "clean", choice.question, options=options, gold=gold, wording=wording)
        noise = replace(clean, id=f"{query.id}-noise", variant="noise", combine=noisy(AMOUNT, seed), needs_image=True)
        asked = with_typos(choice.question, seed)
        return clean, noise, lettered(query, "typos", asked, options=options, gold=gold, wording=wording)


def _seed(query: Query) -> int:
    """A seed that the query's id decides."""
    return int(sha256_of_json(["noise", query.id])[:8], 16)
