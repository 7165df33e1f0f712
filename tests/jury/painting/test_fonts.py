"""Fonts, and the characters they lack."""

import subprocess
import sys

import pytest

from jury.errors import InputError
from jury.painting.fonts import drawable, font_file, font_of


@pytest.mark.usefixtures("chinese_font")
def test_latin_and_chinese_are_drawn_as_they_are():
    assert drawable("Café “A” – 冬天，自行车。") == "Café “A” – 冬天，自行车。"


@pytest.mark.usefixtures("chinese_font")
def test_a_sign_without_a_glyph_is_written_out_by_its_name():
    assert drawable("well done 😀!") == "well done [grinning face]!"


@pytest.mark.usefixtures("chinese_font")
def test_a_letter_without_a_glyph_is_an_error_that_names_it():
    with pytest.raises(InputError, match="has no letter 'س'"):
        drawable("سلام")


def test_what_is_invisible_is_left_out_and_every_space_is_a_space():
    assert drawable("a\u200bb\ufe0f\x07c\u00a0d\te\r\nf") == "abc d e\nf"


def test_an_apostrophe_in_a_latin_word_takes_the_room_of_a_latin_sign():
    assert drawable("don’t") == "don't"


@pytest.mark.usefixtures("no_wheel")
def test_without_the_wheel_latin_text_is_drawn_in_the_font_of_pillow():
    assert font_file() is None
    assert drawable("Take care of a bicycle") == "Take care of a bicycle"
    assert font_of(40).getlength("bicycle") > font_of(20).getlength("bicycle") > 0


@pytest.mark.usefixtures("no_wheel")
def test_without_the_wheel_common_signs_become_plainer_ones():
    assert drawable("one — two • three") == "one - two * three"


@pytest.mark.usefixtures("no_wheel")
def test_without_the_wheel_chinese_text_is_an_error_that_says_what_to_install():
    with pytest.raises(InputError, match=r"pip install 'multimodal-jury\[generate\]'"):
        drawable("冬天")


def test_the_wheel_is_found_without_importing_it():
    code = "import sys, jury.painting.fonts as f; f.font_of(20); print({'mplfonts', 'matplotlib'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
