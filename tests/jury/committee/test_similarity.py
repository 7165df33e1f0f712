"""When one request repeats another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury.committee.similarity import Seen, jaccard, normalised, shingles

texts = st.text(max_size=60)


@pytest.mark.parametrize(
    "copy",
    [
        "may i take this?",
        "May I take this",
        "  May  I take\nthis?!",
        "May\u200b I take this?",
        "Ｍａｙ I take this？",
    ],
)
def test_case_punctuation_width_and_invisible_characters_make_no_difference(copy: str) -> None:
    assert normalised(copy) == normalised("May I take this?")


def test_chinese_is_kept_as_it_is() -> None:
    assert normalised("我可以拿走吗？") == "我可以拿走吗"


def test_shingles_are_five_characters_long() -> None:
    assert shingles("abcdefg") == {"abcde", "bcdef", "cdefg"}
    assert shingles("abc") == {"abc"}


@given(texts, texts)
def test_jaccard_is_symmetric_and_between_none_and_all(a: str, b: str) -> None:
    assert jaccard(shingles(a), shingles(b)) == jaccard(shingles(b), shingles(a))
    assert 0 <= jaccard(shingles(a), shingles(b)) <= 1
    assert jaccard(shingles(a), shingles(a)) == 1


@given(st.lists(texts, max_size=12), texts, st.sampled_from([0.3, 0.8, 1.0]))
def test_the_index_finds_what_comparing_with_each_finds(known: list[str], text: str, similarity: float) -> None:
    seen = Seen(similarity)
    for number, other in enumerate(known):
        seen.add(str(number), other)
    alike = [str(n) for n, other in enumerate(known) if jaccard(shingles(text), shingles(other)) >= similarity]
    assert seen.like(text) == (alike[0] if alike else None)
