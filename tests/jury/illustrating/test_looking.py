"""Reading critiques: what is seen, whether it fits, what to change, or the reason why they can't be used."""

from typing import Any

import pytest

from jury.gateway.answers.form import UnreadableError
from jury.illustrating.looking import LONGEST, Critique, critique_form


def read(**said: Any) -> Critique:
    return critique_form().read({"seen": "A ladder.", "brings_to_mind": False, "advice": "Show a wall.", **said})


def test_a_critique_says_what_is_seen_whether_it_fits_and_what_to_change() -> None:
    assert read() == Critique(seen="A ladder.", brings_to_mind=False, advice="Show a wall.")


@pytest.mark.parametrize("advice", ["", None, [], 7])
def test_advice_may_be_missing(advice: object) -> None:
    assert read(advice=advice).advice == ""


@pytest.mark.parametrize("verdict", ["true", 1, None, "yes", []])
def test_a_verdict_that_is_neither_true_nor_false_is_never_guessed(verdict: object) -> None:
    with pytest.raises(UnreadableError, match="has no `brings_to_mind` that is true or false"):
        read(brings_to_mind=verdict)


def test_who_says_nothing_of_what_is_seen_has_not_looked() -> None:
    with pytest.raises(UnreadableError, match="has no `seen`"):
        read(seen=" ")


def test_a_refusal_to_look_is_told_by_its_words() -> None:
    with pytest.raises(UnreadableError, match="is a refusal") as caught:
        read(seen="I'm unable to look at this image.")
    assert caught.value.said.startswith("I'm unable")


@pytest.mark.parametrize("name", ["seen", "advice"])
def test_a_text_without_end_is_unreadable_and_says_how_long_it_may_be(name: str) -> None:
    with pytest.raises(UnreadableError, match=f"has a `{name}` of more than {LONGEST[name]} characters"):
        read(**{name: "x" * (LONGEST[name] + 1)})
