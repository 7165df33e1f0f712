"""Where lines break, and how large they are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jury.errors import InputError
from jury.painting.fonts import font_of
from jury.painting.layout import SIZES, fitted, shortened, wrapped

LATIN = st.text(st.sampled_from("abc de.,fg (hi) 1"), min_size=1, max_size=120)


def test_latin_text_breaks_between_words():
    assert wrapped("take good care of it", 20, round(font_of(20).getlength("take good "))) == (
        "take good",
        "care of it",
    )


def test_a_word_longer_than_a_line_breaks_anywhere():
    lines = wrapped("a " + "x" * 50, 20, 100)
    assert lines[0] == "a"
    assert "".join(lines[1:]) == "x" * 50


def test_line_breaks_of_the_text_are_kept():
    assert wrapped("one\n\ntwo", 20, 400) == ("one", "", "two")


@pytest.mark.usefixtures("chinese_font")
def test_chinese_text_breaks_between_characters():
    assert wrapped("冬天的自行车", 20, 60) == ("冬天的", "自行车")


@pytest.mark.usefixtures("chinese_font")
def test_no_line_of_chinese_begins_with_a_closing_sign():
    assert wrapped("冬天的，自行车", 20, 60) == ("冬天", "的，自", "行车")


@pytest.mark.usefixtures("chinese_font")
def test_no_line_of_chinese_ends_with_an_opening_sign():
    assert wrapped("冬天（自）行车", 20, 60) == ("冬天", "（自）", "行车")


@pytest.mark.usefixtures("chinese_font")
def test_a_latin_word_in_chinese_text_stays_whole():
    assert wrapped("我的bike很好", 20, 65) == ("我的", "bike很", "好")


@settings(max_examples=50, deadline=None)
@given(LATIN, st.sampled_from([16, 28]), st.integers(60, 400))
def test_nothing_is_lost_and_no_line_is_wider_than_its_box(text, size, width):
    lines = wrapped(text, size, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(font_of(size).getlength(line) <= width for line in lines)


def test_a_text_is_set_as_large_as_its_box_allows():
    sizes = [fitted("word " * count, 480, 480).size for count in (1, 10, 40, 160)]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 4


def test_the_next_larger_size_would_not_fit():
    text = "Write down the steps to take better care of a bicycle in winter"
    block = fitted(text, 480, 300)
    larger = SIZES[SIZES.index(block.size) - 1]
    assert block.height <= 300
    assert len(wrapped(text, larger, 480)) * larger * 1.35 > 300


def test_words_stay_whole_where_a_smaller_size_allows_it():
    assert "photosynthesis" in fitted("photosynthesis at home", 300, 300).lines


def test_a_text_that_does_not_fit_is_an_error_and_never_cut():
    with pytest.raises(InputError, match="5000 characters do not fit into 100 x 100 pixels"):
        fitted("word " * 1000, 100, 100)


def test_a_caption_that_does_not_fit_ends_in_an_ellipsis():
    block = shortened("word " * 1000, 200, 40)
    assert block.lines[-1].endswith("…")
    assert block.height <= 40


def test_a_box_too_small_for_any_caption_is_an_error():
    with pytest.raises(InputError, match="do not fit into 200 x 4 pixels"):
        shortened("word", 200, 4)
