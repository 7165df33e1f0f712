"""Images and clips in the page: encoded anew, within a budget, or a word on why not."""

import base64
import io
from pathlib import Path

import pytest
import soundfile
from PIL import Image
from report_runs import png, wav

from benchmarks.report.embedding import EDGE, Embedder
from jury.media import MediaStore, inspect_audio, inspect_image
from jury.records import MediaRef


@pytest.fixture
def store(tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path)


def put(store: MediaStore, data: bytes) -> MediaRef:
    found = inspect_image(data) if data.startswith(b"\x89PNG") else inspect_audio(data)
    assert isinstance(found, MediaRef)
    store.put(data, found)
    return found


def bytes_of(address: str, mime: str) -> bytes:
    start = f"data:{mime};base64,"
    assert address.startswith(start)
    return base64.b64decode(address.removeprefix(start), validate=True)


def test_an_image_is_shrunk_to_the_stated_edge(store):
    shown = Embedder().embedded(put(store, png(900, 600)), store)
    with Image.open(io.BytesIO(bytes_of(shown.address, "image/webp"))) as image:
        assert max(image.size) == EDGE


def test_a_clip_becomes_one_channel_of_mp3(store):
    shown = Embedder().embedded(put(store, wav(0.5)), store)
    clip = soundfile.info(io.BytesIO(bytes_of(shown.address, "audio/mpeg")))
    assert (clip.format, clip.channels, clip.samplerate) == ("MP3", 1, 16_000)
    assert clip.duration == pytest.approx(0.5, abs=0.1)


def test_the_same_media_give_the_same_addresses(store):
    refs = [put(store, png()), put(store, wav())]
    assert [Embedder().embedded(ref, store) for ref in refs] == [Embedder().embedded(ref, store) for ref in refs]


def test_what_no_longer_fits_is_left_out_and_says_so(store):
    ref = put(store, png())
    size = len(Embedder().embedded(ref, store).address)
    embedder = Embedder(budget=size)
    assert embedder.embedded(ref, store).address
    left_out = embedder.embedded(ref, store)
    assert not left_out.address
    assert "left out, so that the report stays small" in left_out.missing


def test_media_that_are_gone_or_altered_are_named_and_tell_no_path(store, tmp_path):
    ref = put(store, png())
    store.path(ref).write_bytes(b"altered")
    shown = Embedder().embedded(ref, store)
    assert not shown.address
    assert "missing from the run's folder, or altered" in shown.missing
    assert str(tmp_path) not in shown.missing
