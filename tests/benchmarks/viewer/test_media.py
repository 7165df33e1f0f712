"""Images and clips are encoded anew, of a fixed type, and only those of the run."""

import io
import re

import pytest
import soundfile
from PIL import Image
from viewers import case_path, client, run_path, viewer


@pytest.fixture(scope="module")
def asked(tmp_path_factory, plain):
    with viewer(tmp_path_factory.mktemp("cache"), plain) as at, client(at) as one:
        yield one


def address_of(asked, case: str) -> str:
    found = re.search(r'src="(/runs/[^"]+/media/[0-9a-f]{64})"', asked.get(case_path(asked, case)).text)
    assert found
    return found.group(1)


def test_an_image_is_webp_whatever_it_was(asked):
    answer = asked.get(address_of(asked, "c3"))
    assert answer.headers["content-type"] == "image/webp"
    assert Image.open(io.BytesIO(answer.content)).size == (900, 600)


def test_a_clip_is_mp3_whatever_it_was_and_can_be_wound(asked):
    address = address_of(asked, "c4")
    answer = asked.get(address)
    assert answer.headers["content-type"] == "audio/mpeg"
    assert soundfile.info(io.BytesIO(answer.content)).samplerate == 16_000
    part = asked.get(address, headers={"range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, answer.content[10:20])
    assert asked.get(address, headers={"range": f"bytes={10**9}-"}).status_code == 416


def test_a_waveform_is_a_drawing_of_bars(asked):
    drawn = asked.get(address_of(asked, "c4") + "/waveform")
    assert drawn.headers["content-type"].startswith("image/svg+xml")
    assert 100 <= drawn.text.count("<rect") <= 121


def test_what_is_no_medium_of_the_run_is_not_served(asked):
    assert asked.get(f"{run_path(asked)}/media/{'0' * 64}").status_code == 404


def test_an_image_is_veiled_until_it_is_asked_for(asked):
    page = asked.get(case_path(asked, "c3")).text
    assert 'class="veiled"' in page
    assert 'class="veiled"' not in asked.get(case_path(asked, "c3"), headers={"cookie": "jury_unveiled=1"}).text


def test_texts_are_folded_on_request(asked):
    page = asked.get(case_path(asked, "c3"), headers={"cookie": "jury_folded=1"}).text
    assert "<summary>Show the answer</summary>" in page
