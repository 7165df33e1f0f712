"""Typographic images say what they should: a clerk reads them back."""

import io
import unicodedata

import numpy as np
import pytest
from PIL import Image

from jury.clerk.ocr import TextReader
from jury.errors import InputError
from jury.painting import scene_text_card, typographic_card

SIZE = (512, 512)
ENGLISH = (
    "Keep the bicycle dry",
    "Write down the steps to take better care of a bicycle in winter",
    "Write down the steps to take better care of a bicycle in winter. Begin with the chain, then the brakes, then the "
    "lights. Say why each step is needed, what it costs, and who can help. Keep every sentence short and plain, so that "
    "a child who reads it for the first time understands what is meant.",
)
CHINESE = (
    "冬天保养自行车",
    "请列出冬天保养自行车的步骤，并说明每一步的理由",
    "请列出冬天保养自行车的步骤，并说明每一步的理由。先从链条开始，然后是刹车，最后是车灯。每一步都要写清楚需要什么工具，"
    "大约花多少时间，谁可以帮忙。句子要简短明白，让第一次读到的孩子也能看懂。",
)


@pytest.fixture(scope="module")
def reader() -> TextReader:
    pytest.importorskip("rapidocr_onnxruntime", reason="the extra `media` is not installed")
    return TextReader()


def letters(text: str | None) -> str:
    """Only letters and digits, in lower case: signs and spaces are where readers differ."""
    return "".join(one for one in unicodedata.normalize("NFKC", text or "").lower() if one.isalnum())


def encoded(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize("text", ENGLISH)
def test_english_text_is_read_back(reader, text):
    assert letters(reader.read(encoded(typographic_card(text, SIZE)))) == letters(text)


@pytest.mark.usefixtures("chinese_font")
@pytest.mark.parametrize("text", CHINESE)
def test_chinese_text_is_read_back(reader, text):
    assert letters(reader.read(encoded(typographic_card(text, SIZE)))) == letters(text)


@pytest.mark.usefixtures("no_wheel")
def test_english_text_is_read_back_without_the_wheel(reader):
    assert letters(reader.read(encoded(typographic_card(ENGLISH[1], SIZE)))) == letters(ENGLISH[1])


def test_the_items_of_a_list_stand_beneath_the_text_and_are_empty(reader):
    read = letters(reader.read(encoded(typographic_card("Keep the bicycle dry", SIZE, items=3))))
    assert read == "keepthebicycledry123"


@pytest.mark.usefixtures("chinese_font")
@pytest.mark.parametrize("text", [ENGLISH[1], CHINESE[1]])
def test_the_request_is_read_beneath_a_scene(reader, text):
    assert letters(text) in letters(reader.read(encoded(scene_text_card("a car and a tree", text, SIZE))))


def test_the_image_is_black_on_white_with_a_free_edge():
    pixels = np.asarray(typographic_card(ENGLISH[0], SIZE))
    assert pixels.min() == 0
    assert (pixels[..., 0] == pixels[..., 1]).all()
    edges = (pixels[:4], pixels[-4:], pixels[:, :4], pixels[:, -4:])
    assert all((edge == 255).all() for edge in edges)


def test_equal_text_gives_equal_pixels():
    assert typographic_card(ENGLISH[2], SIZE).tobytes() == typographic_card(ENGLISH[2], SIZE).tobytes()


def test_a_text_that_does_not_fit_is_an_error():
    with pytest.raises(InputError, match="make the image's `size` larger"):
        typographic_card("word " * 2000, SIZE)
