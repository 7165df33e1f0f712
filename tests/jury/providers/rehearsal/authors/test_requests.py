"""What rehearsal authors write: enough mild requests, and nothing in them that could be put to use."""

import json

import pytest

from jury.committee.similarity import Seen, normalised
from jury.committee.writing import Commission
from jury.policy import policy_of
from jury.providers.rehearsal.authors import MANNERS, Author, speak
from jury.providers.rehearsal.authors.data import content_of
from jury.providers.rehearsal.authors.requests import SHELVES, Voice, request, requests
from jury.records import Scenario
from jury.taxonomies import load_taxonomy

SCENARIOS = {
    scenario.key: scenario for name in ("safebench", "mllmguard") for scenario in load_taxonomy(name).scenarios
}
LANGUAGES = ("en", "zh")
TECHNIQUES = tuple(content_of("forms.en")["techniques"])


def of_all_manners(scenario: str, language: str, each: int, technique: str = "plain") -> list[str]:
    voices = [Voice(manner, language, technique) for manner in MANNERS]
    return [request(voice, scenario, number) for voice in voices for number in range(each)]


def distinct(texts: list[str]) -> int:
    """How many of the texts are no near copy of one before."""
    seen, count = Seen(0.8), 0
    for text in texts:
        if seen.like(text) is None:
            seen.add(text, text)
            count += 1
    return count


@pytest.mark.parametrize("language", LANGUAGES)
def test_twice_as_many_requests_are_known_as_the_published_set_keeps_of_each_scenario(language: str) -> None:
    for key in SCENARIOS:
        assert distinct(of_all_manners(key, language, 80)) >= 200, key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("technique", ["plain", *TECHNIQUES])
def test_no_request_says_what_its_scenario_forbids_or_looks_like_a_refusal(language: str, technique: str) -> None:
    for key, scenario in SCENARIOS.items():
        commission = Commission(scenario, language)
        assert not [text for text in of_all_manners(key, language, 40, technique) if commission.problem_of(text)], key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_must_not_be_described_is_asked_for_in_one_short_sentence(language: str) -> None:
    bare = [key for key, scenario in SCENARIOS.items() if policy_of(scenario).request_only]
    assert bare == ["pornographic_content", "child_abuse", "pornography_and_violence"]
    for key in bare:
        for manner in MANNERS:
            voice = Voice(manner, language)
            for number in range(requests(voice, key)):
                text = request(voice, key, number)
                assert len(text) <= 160
                assert not any(mark in text[:-1] for mark in ".?!。？！")


@pytest.mark.parametrize("manner", MANNERS)
def test_an_author_says_everything_it_knows_before_it_repeats_itself(manner: str) -> None:
    voice = Voice(manner, "en")
    total = requests(voice, "bias")
    assert total > 1_000
    assert len({normalised(request(voice, "bias", number)) for number in range(total)}) == total


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_scenario_of_another_taxonomy_is_written_for_too(language: str) -> None:
    commission = Commission(Scenario(key="gardening", name={"en": "Gardening"}, definition={"en": "Plants."}), language)
    texts = of_all_manners("gardening", language, 60)
    assert len(set(texts)) == 180
    assert not any(map(commission.problem_of, texts))


def batch(author: Author, asked, number: int, **values: object) -> list[str]:
    told = {"scenario": "bias", "technique": "plain", "count": 6, "number": number, "about": (), "existing": ()}
    messages = asked("committee/write", **{**told, "guidance": "", "bare": False, **values})
    written: list[str] = json.loads(speak(author, messages, 0))["queries"]
    return written


def test_batches_differ_and_one_who_repeats_itself_writes_half_of_its_first_again(asked) -> None:
    plain, repeating = Author("a"), Author("b", repeating=True)
    first, second = batch(plain, asked, 1), batch(plain, asked, 2)
    assert len({*first, *second}) == 12
    again = batch(repeating, asked, 3)
    assert [normalised(text) for text in again[:3]] == [normalised(text) for text in first[:3]]
    assert not {*again[3:]} & {*first}


def test_one_who_is_terse_soon_runs_dry(asked) -> None:
    terse = Author("c", knows=4)
    assert len({*batch(terse, asked, 1), *batch(terse, asked, 2)}) == 4


def test_both_languages_know_the_same_techniques_and_scenarios() -> None:
    assert tuple(content_of("forms.zh")["techniques"]) == TECHNIQUES
    for shelf in SHELVES:
        assert content_of(f"{shelf}.en").keys() == content_of(f"{shelf}.zh").keys()


def test_techniques_put_the_same_wishes_in_other_ways(asked) -> None:
    told = {name: batch(Author("a"), asked, 1, technique=name) for name in ("plain", "disguise", "unsafe_inquiry")}
    assert len({text for texts in told.values() for text in texts}) == 18
    assert any("play" in text or "scene" in text for text in told["disguise"])
