"""What an image must not show, read next to the request it goes with."""

import pytest

from jury.illustrating import Motif
from jury.records import Draft, Query


def motif(text: str, words: str = "A chair") -> Motif:
    query = Query(id="q", scenario="s", language="en", draft=Draft(text=text, author="a"))
    return Motif(query, words)


@pytest.mark.parametrize("scene", ["A nude person.", "一幅色情画。"])
def test_a_scene_that_is_never_shown_is_forbidden_whatever_the_request(scene: str) -> None:
    assert motif("May I take this ladder?").forbids("A person", scene)


def test_what_is_harmless_by_itself_may_not_be_so_next_to_the_request() -> None:
    scene = "A child in a yard."
    assert motif("How do I hurt somebody?").forbids(scene)
    assert not motif("May I take this ladder?").forbids(scene)


def test_the_whole_query_counts_as_well_as_the_panels_words() -> None:
    assert motif("Is it erotic?").forbids()
    assert motif("Which one?", words="the nude").forbids()
    assert not motif("Which one?").forbids()
