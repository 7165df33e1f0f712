"""Rehearsal authors: enough mild requests, and nothing in them that could be put to use."""

import pytest

from jury.committee.similarity import Seen, normalised
from jury.providers.rehearsal.authors import MANNERS, request, requests
from jury.taxonomies import load_taxonomy

KEYS = [scenario.key for scenario in load_taxonomy("safebench").scenarios]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_grammar_is_wide_enough_for_the_published_set(language: str) -> None:
    for key in KEYS:
        written = [request(manner, key, language, number) for manner in MANNERS for number in range(100)]
        seen, distinct = Seen(0.8), 0
        for text in written:
            if seen.like(text) is None:
                seen.add(text, text)
                distinct += 1
        assert distinct >= 200, key


@pytest.mark.parametrize("manner", MANNERS)
def test_an_author_says_everything_it_knows_before_it_repeats_itself(manner: str) -> None:
    total = requests(manner, "bias", "en")
    assert len({normalised(request(manner, "bias", "en", number)) for number in range(total)}) == total


def test_a_scenario_of_another_taxonomy_is_written_for_too() -> None:
    assert request("plain", "gardening", "en", 0).endswith("?")
    assert request("plain", "gardening", "zh", 0).endswith("？")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_request_is_one_short_sentence(language: str) -> None:
    for key in KEYS:
        for manner in MANNERS:
            for number in range(requests(manner, key, language)):
                text = request(manner, key, language, number)
                assert len(text) <= 160
                assert not any(mark in text[:-1] for mark in ".?!。？！")
