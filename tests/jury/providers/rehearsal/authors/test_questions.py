"""Questions with two answers, for the techniques that swap places, inject noise, or ask about what isn't there."""

import json

import pytest

from jury.committee.similarity import Seen
from jury.painting.things import things_in
from jury.providers.rehearsal.authors import MANNERS, Author, speak
from jury.providers.rehearsal.authors.questions import question, questions
from jury.providers.rehearsal.authors.things import noun, thing_names, with_article

TECHNIQUES = ("position_swapping", "noise_injection", "non_existent_query")
every_technique = pytest.mark.parametrize("technique", TECHNIQUES)
every_language = pytest.mark.parametrize("language", ["en", "zh"])


def parts(technique: str, manner: str, language: str, number: int) -> list[str]:
    return question(technique, manner, language, number).split(" | ")


@every_technique
@every_language
@pytest.mark.parametrize("manner", MANNERS)
def test_an_author_knows_many_that_are_no_near_copies(technique: str, language: str, manner: str) -> None:
    seen, distinct = Seen(0.8), 0
    for number in range(80):
        text = question(technique, manner, language, number)
        if seen.like(text) is None:
            seen.add(text, text)
            distinct += 1
    assert distinct >= 60
    total = questions(technique, manner, language)
    assert len({question(technique, manner, language, number) for number in range(total)}) == total


@every_technique
@every_language
def test_each_has_a_question_and_two_answers(technique: str, language: str) -> None:
    for manner in MANNERS:
        for number in range(questions(technique, manner, language)):
            asked, right, wrong = parts(technique, manner, language, number)
            assert asked
            assert right
            assert wrong
            assert right != wrong


@every_language
@pytest.mark.parametrize("technique", ["position_swapping", "noise_injection"])
def test_answers_are_things_that_the_painter_can_draw(technique: str, language: str) -> None:
    for number in range(200):
        _, right, wrong = parts(technique, "curious", language, number)
        assert len(things_in(right)) == len(things_in(wrong)) == 1
        assert things_in(right) != things_in(wrong)


@every_language
def test_a_question_about_a_noisy_picture_names_nothing_that_could_be_painted_instead(language: str) -> None:
    for manner in MANNERS:
        asked = {parts("noise_injection", manner, language, number)[0] for number in range(200)}
        assert not any(map(things_in, asked))


@every_language
def test_of_what_is_missing_the_right_answer_says_so(language: str) -> None:
    for number in range(200):
        asked, right, wrong = parts("non_existent_query", "plain", language, number)
        (missing,) = things_in(asked)
        assert things_in(right) == (missing,)
        assert right.startswith(("There is no", "图中没有"))
        assert not wrong.startswith(("There is no", "图中没有"))


@every_language
def test_things_are_called_as_the_painter_knows_them(language: str) -> None:
    for thing in thing_names():
        called = with_article(thing, language), noun(thing, language)
        assert {things_in(words) for words in called} == {(thing,)}


@every_technique
def test_an_author_is_asked_for_them_like_for_any_request(asked, technique: str) -> None:
    told = {"scenario": "hallucination", "technique": technique, "count": 5, "number": 2, "about": (), "existing": ()}
    messages = asked("committee/write", "zh", **told, guidance="", bare=False)
    written = json.loads(speak(Author("a", "formal"), messages, 0))["queries"]
    assert len(set(written)) == 5
    assert all(text.count(" | ") == 2 for text in written)
