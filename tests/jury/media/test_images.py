"""Images are inspected without trust and encoded upright, small and bare."""

import hashlib
import io
import struct
import zlib
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from jury.errors import InputError
from jury.media import Limits, encode_image, inspect_image
from jury.records import Cause, MediaRef

MakeImage = Callable[..., bytes]
ORIENTATION, DESCRIPTION = 0x0112, 0x010E
FIRST_BYTES = (b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF\x40\0\0\0WEBPVP8 ", b"GIF89a")


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def cause_of(data: bytes, limits: Limits | None = None) -> Cause:
    found = inspect_image(data, limits or Limits())
    assert isinstance(found, Cause)
    return found


def png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_claiming(width: int, height: int, pixels: bytes = b"") -> bytes:
    """A grey PNG whose header claims a size, whatever pixels follow."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + png_chunk(b"IDAT", zlib.compress(pixels)) + png_chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("form", "mime"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp"), ("GIF", "image/gif")]
)
def test_a_whole_image_is_known_by_hash_type_and_size(make_image: MakeImage, form: str, mime: str) -> None:
    data = make_image(form, (12, 8))
    assert inspect_image(data) == MediaRef.model_validate(
        {"sha256": hashlib.sha256(data).hexdigest(), "mime": mime, "size": len(data), "width": 12, "height": 8}
    )


def test_an_animation_counts_as_its_first_frame(make_image: MakeImage) -> None:
    frames = [Image.new("RGB", (6, 4), color) for color in ("red", "blue")]
    data = make_image("GIF", (6, 4), save_all=True, append_images=frames)
    ref = inspect_image(data)
    assert isinstance(ref, MediaRef)
    assert (ref.width, ref.height) == (6, 4)
    encoded = opened(encode_image(data, edge=None, format="png"))
    expected = opened(data).convert("RGB")
    assert encoded.tobytes() == expected.tobytes()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_a_truncated_image_is_broken(make_image: MakeImage, form: str, share: float) -> None:
    data = make_image(form, (200, 200))
    assert cause_of(data[: int(len(data) * share)]).kind == "broken"


def test_a_png_with_one_flipped_bit_in_its_pixels_is_broken() -> None:
    pixels = b"".join(b"\0" + bytes(range(64)) for _ in range(64))
    data = bytearray(png_claiming(64, 64, pixels))
    assert isinstance(inspect_image(bytes(data)), MediaRef)
    data[data.index(b"IDAT") + 12] ^= 1
    assert cause_of(bytes(data)).kind == "broken"


def test_a_png_with_a_wrong_checksum_is_broken(make_image: MakeImage) -> None:
    data = bytearray(make_image())
    data[data.index(b"IEND") - 5] ^= 1  # the last byte of the checksum of the pixels
    assert cause_of(bytes(data)).kind == "broken"


def test_an_empty_file_is_broken() -> None:
    assert cause_of(b"") == Cause(kind="broken", detail="the file is empty")


@pytest.mark.parametrize("size", [(0, 8), (8, 0)])
def test_an_image_without_pixels_is_broken(size: tuple[int, int]) -> None:
    assert cause_of(png_claiming(*size)).kind == "broken"


def test_an_image_of_too_many_bytes_is_too_large(make_image: MakeImage) -> None:
    data = make_image()
    assert isinstance(inspect_image(data, Limits(image_bytes=len(data))), MediaRef)
    assert cause_of(data, Limits(image_bytes=len(data) - 1)).kind == "too_large"


@pytest.mark.parametrize(
    ("width", "height"), [(50_000, 50_000), (10_000, 10_000), (6_400, 6_251)], ids=["error", "warning", "silence"]
)
def test_a_header_that_claims_a_bomb_is_too_large_whatever_pillow_says(width: int, height: int) -> None:
    assert cause_of(png_claiming(width, height)).kind == "too_large"


def test_a_real_bomb_is_too_large_and_never_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    edge = 9_000
    bomb = png_claiming(edge, edge, b"\0" * (edge + 1) * edge)
    assert len(bomb) < 100_000
    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", lambda _: pytest.fail("the bomb was decoded"))
    assert cause_of(bomb).kind == "too_large"


def test_an_image_at_the_bound_on_pixels_is_admitted(make_image: MakeImage) -> None:
    data = make_image(size=(12, 8))
    assert isinstance(inspect_image(data, Limits(image_pixels=96)), MediaRef)
    assert cause_of(data, Limits(image_pixels=95)).kind == "too_large"


def test_an_image_with_too_long_an_edge_is_too_large(make_image: MakeImage) -> None:
    data = make_image(size=(12, 8))
    assert isinstance(inspect_image(data, Limits(image_edge=12)), MediaRef)
    assert cause_of(data, Limits(image_edge=11)).kind == "too_large"


@pytest.mark.parametrize("data", [b"just words", b"RIFF\x24\0\0\0WAVEfmt ", b"II*\0\x08\0\0\0", b"%PDF-1.7", b"<svg/>"])
def test_content_that_is_no_image_is_mislabelled(data: bytes) -> None:
    assert cause_of(data).kind == "mislabelled"


@settings(deadline=None)
@given(start=st.sampled_from(FIRST_BYTES), rest=st.binary(max_size=300))
def test_random_bytes_give_a_cause_and_the_same_one_again(start: bytes, rest: bytes) -> None:
    first, second = inspect_image(start + rest), inspect_image(start + rest)
    assert isinstance(first, Cause)
    assert first == second


@settings(deadline=None)
@given(
    form=st.sampled_from(["PNG", "JPEG", "WEBP", "GIF"]),
    place=st.floats(0, 1, exclude_max=True),
    byte=st.integers(0, 255),
)
def test_a_damaged_image_never_raises_and_what_is_admitted_can_be_encoded(
    make_image: MakeImage, form: str, place: float, byte: int
) -> None:
    data = bytearray(make_image(form))
    data[int(place * len(data))] = byte
    found = inspect_image(bytes(data))
    if isinstance(found, MediaRef):
        assert isinstance(inspect_image(encode_image(bytes(data), edge=8, format="png")), MediaRef)


@pytest.mark.parametrize("form", ["png", "jpeg", "webp"])
def test_an_encoded_image_has_the_asked_format_and_edge(make_image: MakeImage, form: str) -> None:
    encoded = opened(encode_image(make_image(size=(120, 80)), edge=30, format=form))
    assert (encoded.format, encoded.size, encoded.mode) == (form.upper(), (30, 20), "RGB")


@pytest.mark.parametrize("edge", [None, 12, 500])
def test_a_small_image_is_never_enlarged(make_image: MakeImage, edge: int | None) -> None:
    assert opened(encode_image(make_image(size=(12, 8)), edge=edge, format="png")).size == (12, 8)


def test_a_very_thin_image_keeps_at_least_one_pixel(make_image: MakeImage) -> None:
    assert opened(encode_image(make_image(size=(3_000, 1)), edge=10, format="png")).size == (10, 1)


@pytest.mark.parametrize("form", ["png", "jpeg", "webp"])
def test_equal_images_are_encoded_to_equal_bytes(make_image: MakeImage, form: str) -> None:
    data = make_image("JPEG", (120, 80))
    assert encode_image(data, edge=50, format=form) == encode_image(data, edge=50, format=form)


def test_a_jpeg_turned_by_exif_is_encoded_upright() -> None:
    image = Image.new("RGB", (40, 20), "blue")
    image.paste("red", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # the camera was held so that the image must be turned by 90 degrees clockwise
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", exif=exif, quality=95)
    upright = opened(encode_image(buffer.getvalue(), edge=None, format="png"))
    assert upright.size == (20, 40)
    (top_red, _, top_blue), (low_red, _, low_blue) = upright.getpixel((10, 5)), upright.getpixel((10, 35))
    assert top_red > 200 > 50 > top_blue
    assert low_blue > 200 > 50 > low_red


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("damage", [b"garbage!", b"MM\0*\0\0\0\x08\xff\xff"], ids=["error", "warning"])
def test_damaged_exif_is_ignored(make_image: MakeImage, form: str, damage: bytes) -> None:
    data = make_image(form, exif=b"Exif\0\0" + damage)
    assert isinstance(inspect_image(data), MediaRef)
    assert opened(encode_image(data, edge=None, format="png")).size == (12, 8)


@pytest.mark.parametrize("source", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("form", ["png", "jpeg", "webp"])
def test_no_metadata_survive_encoding(make_image: MakeImage, source: str, form: str) -> None:
    exif = Image.Exif()
    exif[DESCRIPTION] = "taken at home"
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", "taken at home")
    extras = {"PNG": {"pnginfo": text}, "JPEG": {"comment": "taken at home"}, "WEBP": {}}[source]
    data = make_image(source, exif=exif, icc_profile=b"taken at home", **extras)
    assert b"taken at home" in data
    encoded = encode_image(data, edge=None, format=form)
    assert b"taken at home" not in encoded
    assert not opened(encoded).getexif()
    assert "icc_profile" not in opened(encoded).info


@pytest.mark.parametrize("form", ["png", "webp"])
def test_transparency_is_kept_where_the_format_can(form: str) -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(buffer, "PNG")
    encoded = opened(encode_image(buffer.getvalue(), edge=None, format=form)).convert("RGBA")
    assert encoded.getpixel((1, 1))[3] == 0


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA"])
def test_jpeg_lays_transparency_on_white(mode: str) -> None:
    buffer = io.BytesIO()
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    clear.convert("P" if mode == "PA" else mode).save(buffer, "PNG", **({"transparency": 0} if mode == "PA" else {}))
    encoded = opened(encode_image(buffer.getvalue(), edge=None, format="jpeg"))
    assert encoded.getpixel((4, 4)) == (255, 255, 255)


def test_sixteen_bits_a_channel_become_eight_without_clipping() -> None:
    buffer = io.BytesIO()
    Image.fromarray(np.array([[0, 0x4000, 0x8000, 0xFFFF]], dtype=np.uint16)).save(buffer, "PNG")
    encoded = opened(encode_image(buffer.getvalue(), edge=None, format="png"))
    assert [encoded.getpixel((x, 0))[0] for x in range(4)] == [0, 64, 128, 255]


@pytest.mark.parametrize(("source", "mode"), [("PNG", "1"), ("PNG", "L"), ("PNG", "P"), ("JPEG", "CMYK"), ("GIF", "P")])
def test_every_mode_becomes_rgb(make_image: MakeImage, source: str, mode: str) -> None:
    assert opened(encode_image(make_image(source, mode=mode), edge=None, format="png")).mode == "RGB"


def test_an_unreadable_image_is_not_encoded(make_image: MakeImage) -> None:
    data = make_image()[:-30]
    with pytest.raises(InputError, match=hashlib.sha256(data).hexdigest()):
        encode_image(data, edge=None, format="png")


def test_an_edge_below_one_pixel_is_refused(make_image: MakeImage) -> None:
    with pytest.raises(InputError, match="image edge 0"):
        encode_image(make_image(), edge=0, format="png")
