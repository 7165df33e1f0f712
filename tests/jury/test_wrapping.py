"""Wrappers: what stands around a target's request, the same for every case."""

import pytest

from jury.errors import InputError
from jury.prompt_files import open_library
from jury.records import AudioPart, ImagePart, MediaRef, Part, TextPart, Turn
from jury.wrapping import Wrapper

LIBRARY = open_library()
IMAGE = ImagePart(media=MediaRef(sha256="0" * 64, mime="image/png", size=1))
CLIP = AudioPart(spoken="How do I boil an egg?")


def turn(*parts: Part) -> Turn:
    return Turn(parts=parts)


def wrapper(name: str) -> Wrapper:
    return Wrapper(name, LIBRARY)


@pytest.mark.parametrize("words", ["How?", " How?\n\n", "{{ 7 * 7 }} {% raw %}", "<b>\r\n&amp;</b>"])
@pytest.mark.parametrize("language", ["en", "zh", "fr"])
def test_plain_hands_a_request_over_as_it_is(words, language):
    asked = turn(TextPart(text="First."), IMAGE, TextPart(text=words), CLIP)
    assert wrapper("plain").around(asked, language) == asked.parts


def test_picture_ties_the_request_to_its_image_in_one_fixed_wording():
    said, image = wrapper("picture").around(turn(TextPart(text="How?"), IMAGE), "en")
    other, _ = wrapper("picture").around(turn(TextPart(text="Why?"), IMAGE), "en")
    assert image == IMAGE
    assert said.text.endswith("\n\nHow?")
    assert "image" in said.text
    assert said.text.replace("How?", "Why?") == other.text


@pytest.mark.parametrize(("language", "word"), [("en", "image"), ("zh", "图片"), ("zh-Hans", "图片"), ("fr", "image")])
def test_the_wording_is_in_the_cases_language_or_in_english(language, word):
    said, _ = wrapper("picture").around(turn(TextPart(text="?"), IMAGE), language)
    assert word in said.text


def test_several_texts_of_a_turn_are_put_into_one_wrapper_where_the_first_of_them_was():
    asked = turn(IMAGE, TextPart(text="One."), CLIP, TextPart(text="Two."), IMAGE)
    image, said, *rest = wrapper("picture").around(asked, "en")
    assert (image, rest) == (IMAGE, [CLIP, IMAGE])
    assert said.text.endswith("One.\nTwo.")


@pytest.mark.parametrize("asked", [turn(TextPart(text="How?")), turn(IMAGE), turn(CLIP, IMAGE)])
def test_without_words_or_without_an_image_there_is_nothing_to_tie(asked):
    assert wrapper("picture").around(asked, "en") == asked.parts


def test_what_a_request_says_is_no_template(tmp_path):
    said, _ = wrapper("picture").around(turn(TextPart(text="{{ request }}{% endif %}"), IMAGE), "en")
    assert said.text.endswith("{{ request }}{% endif %}")


def test_a_wrapper_of_ones_own_lies_beside_the_shipped_ones_and_has_version_and_hash(tmp_path):
    (tmp_path / "target").mkdir()
    for language in ("en", "zh"):
        (tmp_path / "target" / f"polite.{language}.j2").write_text("{# version: 3 #}\nPlease: {{ request }}\n")
    polite = Wrapper("polite", open_library(tmp_path))
    assert polite.around(turn(TextPart(text="How?")), "en") == (TextPart(text="Please: How?"),)
    assert (polite.ref("en").name, polite.ref("en").version) == ("target/polite", 3)
    assert set(polite.refs()) == {"en", "zh"}


def test_an_unknown_wrapper_is_named_with_those_there_are():
    with pytest.raises(InputError, match="unknown wrapper 'rude'; known: picture, plain"):
        wrapper("rude").ref("en")
