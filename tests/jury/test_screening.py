"""What jurors see of hostile texts: nothing hides in them, and long ones do not push the question away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury.screening import Screen, Seen

NEUTRAL = Screen(neutralise=True)


@given(st.text())
def test_by_default_a_text_is_shown_as_it_is_but_for_what_ends_it_early(text):
    assert Screen().seen(text) == Seen(text.replace("\0", ""))


@pytest.mark.parametrize(
    ("text", "shown", "number"),
    [
        ("sa\u200bfe", "sa⟨U+200B⟩fe", 1),
        ("\u202eefas\u202c", "⟨U+202E⟩efas⟨U+202C⟩", 2),
        ("a\x1b[2Jb", "a⟨U+001B⟩[2Jb", 1),
        ("\U000e0041\U000e0042", "⟨U+E0041⟩⟨U+E0042⟩", 2),
        ("a\ufe01\ufe0fb", "a⟨U+FE01⟩⟨U+FE0F⟩b", 2),
        ("\u3164", "⟨U+3164⟩", 1),
        ("line\n\tline\r\n", "line\n\tline\r\n", 0),
        ("cafe\u0301，好。", "caf\u00e9，好。", 0),
        ("👩\u200d👧 ❤\ufe0f", "👩\u200d👧 ❤\ufe0f", 0),
    ],
)
def test_what_can_not_be_seen_is_written_out_and_words_stay(text, shown, number):
    assert NEUTRAL.seen(text) == Seen(shown, number)


@given(st.text())
def test_once_neutralised_a_text_hides_nothing_more(text):
    once = NEUTRAL.seen(text)
    assert NEUTRAL.seen(once.text) == Seen(once.text)


@given(st.text(), st.integers(200, 300))
def test_a_long_text_keeps_both_its_ends_and_says_how_much_is_gone(text, longest):
    text = text * 40
    seen = Screen(longest=longest).seen(text)
    plain = text.replace("\0", "")
    if len(plain) <= longest:
        assert seen == Seen(plain)
    else:
        half = longest // 2
        assert seen.text == f"{plain[:half]}\n⟨…⟩\n{plain[-half:]}"
        assert seen.left_out == len(plain) - 2 * half
