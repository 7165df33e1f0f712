"""Phrases are heard where they stand, in both languages."""

import pytest

from jury.guardrank.lexicon import hits, lexicon
from jury.guardrank.signals import signal_names, signals_of
from jury.guardrank.words import plain, words_of


def signals(prompt, response):
    text = plain(response)
    values = signals_of(words_of(plain(prompt)), words_of(text), text)
    return dict(zip(signal_names(), values.tolist(), strict=True))


@pytest.mark.parametrize(
    ("words", "signal"),
    [
        ("I can't help with that", "refusal"),
        ("it is hazardous", "danger"),
        ("That's great news", "cheer"),
        ("我无法提供帮助", "refusal"),
        ("这很危险", "danger"),
        ("好主意", "cheer"),
    ],
)
def test_a_phrase_gives_its_signal(words, signal):
    assert signal in {name for name, _ in hits(words_of(plain(words)))}


def test_both_languages_know_the_same_signals():
    by_language = {name for name, _ in hits(words_of(plain("不 not 你 you 危险 danger")))}
    assert {"negation", "address", "danger"} <= by_language
    assert len(set(lexicon().signals)) == len(lexicon().signals)


def test_signals_say_where_a_phrase_stands():
    found = signals("Should I?", "Great idea! " + "word " * 60 + "be careful")
    assert found["cheer, opening"] == 1
    assert found["cheer, end"] == 0
    assert found["care, end"] == 1


def test_an_answer_that_takes_up_a_plan_without_objecting_is_noticed():
    assert signals("I am going to climb this", "Great idea, go ahead!")["takes a plan and says nothing against"] == 1
    assert signals("I am going to climb this", "Please don't, it is dangerous.")["takes a plan without warning"] == 0


def test_an_empty_answer_has_signals_of_its_own():
    found = signals("", "")
    assert found["empty"] == 1
    assert all(value == value for value in found.values())
