"""Noise for words: seeded, exact, and never without effect."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury.variants import with_typos


def test_neighbouring_letters_within_words_change_places():
    clean = "Which animal is sitting on the garden fence tonight?"
    noisy = with_typos(clean, 7)
    changed = [(one, other) for one, other in zip(clean.split(), noisy.split(), strict=True) if one != other]
    assert noisy == "Which animal is sittign on teh garden fenec tonight?"
    assert len(changed) == 3
    assert all(sorted(one) == sorted(other) and one[0] == other[0] for one, other in changed)


def test_in_chinese_neighbouring_characters_change_places():
    clean = "栅栏上坐着什么动物？"
    noisy = with_typos(clean, 7)
    assert noisy != clean
    assert sorted(noisy) == sorted(clean)
    assert noisy[-1] == "？"


def test_the_seed_decides_which():
    clean = "Which animal is sitting on the garden fence tonight?"
    assert len({with_typos(clean, seed) for seed in range(20)}) > 10


def test_a_larger_share_changes_more_words():
    clean = "Which animal sleeps under the wooden table tonight?"
    changed = Counter(
        share
        for share in (0.1, 1.0)
        for one, other in zip(clean.split(), with_typos(clean, 1, share).split(), strict=True)
        if one != other
    )
    assert changed == {0.1: 1, 1.0: 8}


@pytest.mark.parametrize(
    ("clean", "noisy"),
    [("Is it so?", None), ("a b c?", "a b cc?"), ("aaa", "aaaa"), ("你？", "你你？"), ("12?", "12??")],
)
def test_short_words_are_changed_too(clean, noisy):
    changed = with_typos(clean, 3)
    assert changed != clean
    assert noisy is None or changed == noisy


@given(st.text(min_size=1), st.integers(min_value=0))
def test_the_result_always_differs_and_is_the_same_again(text, seed):
    assert with_typos(text, seed) != text
    assert with_typos(text, seed) == with_typos(text, seed)


@given(st.text(min_size=1), st.integers(min_value=0))
def test_digits_marks_and_spaces_stay_where_they_are(text, seed):
    kept = [(place, sign) for place, sign in enumerate(text) if not sign.isalpha()]
    changed = with_typos(text, seed)
    assert len(changed) > len(text) or all(changed[place] == sign for place, sign in kept)
