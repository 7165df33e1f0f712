"""`pillow/<painter>`: offline painters behind the gateway's one door."""

import io
from pathlib import Path

import pytest
from PIL import Image

import jury.painting
from jury.errors import InputError
from jury.means import opened
from jury.media import inspect_image
from jury.prompt_files import open_library
from jury.providers import is_rehearsal, pillow, provider_of
from jury.records import Maker, MediaRef, Request

PAINTERS = ("scene", "typography", "scene-text")
WORDS = "A bicycle beside a tree. A person looks for the key."


def asked(painter: str, words: str = WORDS, **params: object) -> Request:
    return Request.to_make("image", Maker(model=f"pillow/{painter}", params=params), words)


def painted(painter: str, words: str = WORDS, **params: object) -> bytes:
    return pillow.makes(painter, asked(painter, words, **params))


@pytest.mark.parametrize("painter", PAINTERS)
def test_a_painter_gives_a_small_image_that_is_the_same_each_time(painter):
    data = painted(painter)
    assert data == painted(painter)
    assert len(data) < 15_000
    ref = inspect_image(data)
    assert isinstance(ref, MediaRef)
    assert (ref.mime, ref.width, ref.height) == ("image/png", 512, 512)


def test_the_painters_give_different_images():
    assert len({painted(painter) for painter in PAINTERS}) == len(PAINTERS)


@pytest.mark.parametrize("painter", PAINTERS)
@pytest.mark.parametrize("size", ["128x128", "640x360", "300x700"])
def test_the_size_is_as_it_was_asked_for(painter, size):
    image = Image.open(io.BytesIO(painted(painter, "a tree", size=size)))
    assert "{}x{}".format(*image.size) == size


@pytest.mark.parametrize("size", ["127x512", "512x4096", "512", "512 x 512", 512, "-1x512", "99999999x512", None])
def test_a_size_out_of_bounds_is_an_error_that_names_the_bounds(size):
    with pytest.raises(InputError, match=r"param `size` is .*each 128 to 2048"):
        painted("scene", size=size)


def test_the_text_replaces_the_words_where_text_is_printed():
    assert painted("typography", text="Keep it dry") == painted("typography", "Keep it dry")
    assert painted("scene-text", text="Keep it dry") != painted("scene-text")


def test_items_are_numbered_lines_beneath_the_text():
    assert painted("typography", items=3) != painted("typography")
    with pytest.raises(InputError, match="param `items` is 10; name a whole number from 0 to 9"):
        painted("typography", items=10)


def test_a_caption_replaces_the_first_sentence_under_a_scene():
    assert painted("scene", caption="A bicycle beside a tree") == painted("scene")
    assert painted("scene", caption="Winter") != painted("scene")


@pytest.mark.parametrize("painter", PAINTERS)
def test_the_language_changes_nothing(painter):
    assert painted(painter, language="en") == painted(painter, language="zh")


def test_an_unknown_param_is_an_error_that_lists_the_known_ones():
    with pytest.raises(InputError, match="pillow/scene: unknown param `quality`; known: size, text"):
        painted("scene", quality="high")


@pytest.mark.parametrize(("painter", "param"), [("typography", "text"), ("scene", "caption")])
def test_a_text_that_is_none_is_an_error(painter, param):
    with pytest.raises(InputError, match=f"param `{param}` is 5; name a text"):
        painted(painter, **{param: 5})


def test_nothing_to_paint_is_an_error():
    with pytest.raises(InputError, match="there are no words to paint"):
        painted("scene", " \n")


def test_an_unknown_painter_is_an_error_that_lists_the_known_ones():
    for ask in (lambda: painted("oil"), lambda: pillow.origin("oil")):
        with pytest.raises(InputError, match="unknown painter 'pillow/oil'; known: pillow/scene, pillow/typography"):
            ask()


def test_the_origin_changes_with_the_code_of_the_painters(tmp_path, monkeypatch):
    usual = pillow.origin("scene")
    (tmp_path / "scene.py").write_text("# another painter\n")
    monkeypatch.setattr(jury.painting, "__path__", [str(tmp_path)])
    pillow.hash_of_code.cache_clear()
    other = pillow.origin("scene")
    monkeypatch.undo()
    pillow.hash_of_code.cache_clear()
    assert other != usual == pillow.origin("scene")


def test_the_origin_changes_with_the_font_and_with_pillow(monkeypatch):
    usual = pillow.origin("scene")
    with monkeypatch.context() as patch:
        patch.setattr("PIL.__version__", "0.0")
        assert pillow.origin("scene") != usual
    with monkeypatch.context() as patch:
        patch.setattr(pillow, "font_file", lambda: Path(__file__))
        assert pillow.origin("scene") != usual


def test_a_painter_is_no_rehearsal():
    provider = provider_of("pillow/scene")
    assert provider is not None
    assert provider.handler is None
    assert not is_rehearsal("pillow/scene")


async def test_the_gateway_keeps_what_was_painted(tmp_path):
    async with opened(tmp_path, open_library()) as means:
        first = await means.gateway.make(asked("scene"))
        again = await means.gateway.make(asked("scene"))
    assert first.error is None
    assert isinstance(first.parsed, MediaRef)
    assert again.parsed == first.parsed
    assert means.media.read(first.parsed) == painted("scene")


async def test_what_can_not_be_painted_is_a_cause_and_no_crash(tmp_path):
    async with opened(tmp_path, open_library()) as means:
        reply = await means.gateway.make(asked("typography", "word " * 5000))
    assert reply.parsed is None
    assert reply.error is not None
    assert "do not fit into" in reply.error.detail
