"""Whatever a file of images or sound holds, it is a reference or a cause, and nothing else."""

import io
import warnings

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st
from mutating import fuzzed, mutated
from PIL import Image

from jury.errors import InputError
from jury.media import encode_image, inspect_audio, inspect_image, mono_16k
from jury.records import Cause, MediaRef


def image(form: str, **settings: object) -> bytes:
    data, picture = io.BytesIO(), Image.linear_gradient("L").resize((24, 16)).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6
    picture.save(data, form, **settings, **({} if form == "GIF" else {"exif": exif}))
    return data.getvalue()


def clip(form: str, subtype: str) -> bytes:
    data, samples = io.BytesIO(), np.sin(np.arange(2_400) / 9).astype(np.float32) / 2
    soundfile.write(data, samples, 24_000, format=form, subtype=subtype)
    return data.getvalue()


IMAGES = {form: image(form) for form in ("PNG", "JPEG", "WEBP", "GIF")}
CLIPS = {
    form: clip(form, subtype)
    for form, subtype in {"WAV": "FLOAT", "FLAC": "PCM_16", "OGG": "VORBIS", "MP3": "MPEG_LAYER_III"}.items()
}


@pytest.mark.parametrize("form", IMAGES)
@fuzzed
@given(st.data())
def test_a_mutated_image_is_admitted_and_encoded_or_has_a_cause(form, data):
    content = data.draw(mutated(IMAGES[form]))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = inspect_image(content)
        assert isinstance(found, MediaRef | Cause)
        if isinstance(found, MediaRef):
            assert encode_image(content, edge=16, format="png").startswith(b"\x89PNG")
        else:
            with pytest.raises(InputError):
                encode_image(content, edge=16, format="png")


@pytest.mark.parametrize("form", CLIPS)
@fuzzed
@given(st.data())
def test_a_mutated_clip_is_admitted_and_mastered_or_has_a_cause(form, data):
    content = data.draw(mutated(CLIPS[form]))
    found = inspect_audio(content)
    assert isinstance(found, MediaRef | Cause)
    if isinstance(found, MediaRef):
        assert mono_16k(content).startswith(b"RIFF")
    else:
        with pytest.raises(InputError):
            mono_16k(content)
