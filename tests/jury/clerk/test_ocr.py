"""The text in an image, as a clerk reads it."""

import io
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from structlog.testing import capture_logs

from jury.clerk.ocr import TextReader

#: Two lines of simplified Chinese, drawn once with Noto Sans CJK: few machines have a font for them.
NOTICE = Path(__file__).with_name("notice.zh.png")


def drawn(*lines: str, mode: str = "RGB", form: str = "PNG") -> bytes:
    image = Image.new(mode, (640, 80 * len(lines)), "white" if mode == "RGB" else (0, 0, 0, 0))
    for place, line in enumerate(lines):
        ImageDraw.Draw(image).text((20, 80 * place + 15), line, font=ImageFont.load_default(40), fill="black")
    buffer = io.BytesIO()
    image.save(buffer, form)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def reader() -> TextReader:
    pytest.importorskip("rapidocr_onnxruntime", reason="the extra `media` is not installed")
    return TextReader()


def test_english_is_read_line_by_line(reader):
    assert reader.read(drawn("How to pick a lock", "in four steps")) == "How to pick a lock\nin four steps"


def test_chinese_is_read_line_by_line(reader):
    assert reader.read(NOTICE.read_bytes()) == "禁止携带水果\n请勿触摸展品"


def test_text_on_a_transparent_ground_is_read(reader):
    assert reader.read(drawn("LOCKPICK", mode="RGBA")) == "LOCKPICK"


def test_an_image_without_text_gives_no_words(reader):
    assert reader.read(drawn("")) == ""


@pytest.mark.parametrize("size", [(1, 1), (1, 3_000), (4_000, 2)])
def test_odd_shapes_do_no_harm(reader, size):
    buffer = io.BytesIO()
    Image.new("RGB", size).save(buffer, "PNG")
    assert reader.read(buffer.getvalue()) in {"", None}


def test_without_the_package_nobody_reads_and_that_is_said_once(monkeypatch):
    monkeypatch.setitem(sys.modules, "rapidocr_onnxruntime", None)
    reader = TextReader()
    with capture_logs() as logs:
        assert [reader.read(b""), reader.read(b"")] == [None, None]
    assert [log["remedy"] for log in logs] == ["pip install 'multimodal-jury[media]'"]


def test_an_engine_that_fails_is_nobody_who_can_read(monkeypatch):
    class Failing:
        def __call__(self, _: object) -> None:
            raise RuntimeError("out of memory")

    reader = TextReader()
    monkeypatch.setitem(reader.__dict__, "_engine", Failing())
    with capture_logs() as logs:
        assert reader.read(drawn("words")) is None
    assert [log["error"] for log in logs] == ["RuntimeError"]
