"""What images and clips may cost, and who is turned down where money is limited."""

import pytest

from jury.errors import InputError
from jury.gateway.spending.budget import Budget, Limits
from jury.gateway.spending.making_costs import LARGEST_IMAGE, made_cost, making_costs
from jury.gateway.spending.prices import prices
from jury.records import ModelFacts

WORDS = "one two three"


@pytest.mark.parametrize(
    ("model", "kind", "cost"),
    [
        ("aiml/flux/dev", "image", 0.033),  # $0.033 per image
        ("openai/gpt-image-1", "image", LARGEST_IMAGE * 40e-6),  # $40 per million tokens of image
        ("openai/tts-1", "audio", len(WORDS) * 15e-6),  # $15 per million characters
        ("rehearsal/strict", "image", 0.0),
    ],
)
def test_a_maker_costs_what_litellm_lists(model, kind, cost):
    assert made_cost(model, kind, WORDS) == pytest.approx(cost)


@pytest.mark.parametrize(
    ("model", "kind"),
    [
        ("openai/mine", "image"),
        ("openai/gpt-4o-mini", "image"),  # has a price, but for words
        ("openai/tts-1", "image"),
        ("openai/gpt-4o-mini-tts", "audio"),  # priced by the sound that comes out
    ],
)
def test_what_cannot_be_told_beforehand_is_unknown(model, kind):
    assert made_cost(model, kind, WORDS) is None


def test_a_stated_price_outweighs_the_listed_one():
    facts = {"openai/tts-1": ModelFacts(input_cost_per_character=0.5), "aiml/flux/dev": ModelFacts(cost_per_image=2.0)}
    cost = making_costs(facts)
    assert cost("openai/tts-1", "audio", WORDS) == 0.5 * len(WORDS)
    assert cost("aiml/flux/dev", "image", WORDS) == 2.0


@pytest.mark.parametrize(("kind", "fact"), [("image", "cost_per_image"), ("audio", "input_cost_per_character")])
def test_a_maker_of_unknown_price_is_turned_down_where_money_is_limited(kind, fact):
    with pytest.raises(InputError, match=rf"price of model 'openai/mine' is unknown.*{fact}.*--models"):
        Budget(Limits(cost=1)).check([], [("openai/mine", kind)])


@pytest.mark.parametrize("limits", [Limits(), Limits(calls=5)])
def test_a_maker_of_unknown_price_is_welcome_where_money_is_not_limited(limits):
    Budget(limits).check([], [("openai/mine", "image")])


def test_a_maker_whose_price_is_stated_needs_no_price_for_words():
    facts = {"openai/mine": ModelFacts(cost_per_image=0.04)}
    Budget(Limits(cost=1), prices(facts), making_costs(facts)).check([], [("openai/mine", "image")])
