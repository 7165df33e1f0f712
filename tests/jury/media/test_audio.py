"""Clips are inspected without trust and turned into the one form models of speech take."""

import hashlib
import io
import struct
from collections.abc import Callable

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from jury.errors import InputError
from jury.media import Limits, inspect_audio, mono_16k
from jury.records import Cause, MediaRef

MakeClip = Callable[..., bytes]
FORMS = ("WAV", "FLAC", "OGG", "MP3")
FIRST_BYTES = (
    b"",
    b"RIFF\x40\0\0\0WAVEfmt ",
    b"fLaC\0\0\0\x22",
    b"OggS\0\x02",
    b"ID3\x04\0\0\0\0\0\0",
    b"\xff\xfb\x90\x44",
)


def cause_of(data: bytes, limits: Limits | None = None) -> Cause:
    found = inspect_audio(data, limits or Limits())
    assert isinstance(found, Cause)
    return found


@pytest.mark.parametrize(
    ("form", "mime"), [("WAV", "audio/wav"), ("FLAC", "audio/flac"), ("OGG", "audio/ogg"), ("MP3", "audio/mpeg")]
)
def test_a_whole_clip_is_known_by_hash_type_length_and_rate(make_clip: MakeClip, form: str, mime: str) -> None:
    data = make_clip(form, seconds=0.5, rate=44_100, channels=2)
    assert inspect_audio(data) == MediaRef.model_validate(
        {
            "sha256": hashlib.sha256(data).hexdigest(),
            "mime": mime,
            "size": len(data),
            "seconds": 0.5,
            "sample_rate": 44_100,
        }
    )


@pytest.mark.parametrize(
    ("form", "subtype", "mime"),
    [("WAVEX", "PCM_24", "audio/wav"), ("WAV", "FLOAT", "audio/wav"), ("OGG", "OPUS", "audio/ogg")],
)
def test_variants_of_a_format_are_admitted(make_clip: MakeClip, form: str, subtype: str, mime: str) -> None:
    ref = inspect_audio(make_clip(form, rate=48_000, subtype=subtype))
    assert isinstance(ref, MediaRef)
    assert ref.mime == mime


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("share", [0.05, 0.5, 0.9])
def test_a_truncated_clip_is_broken(make_clip: MakeClip, form: str, share: float) -> None:
    data = make_clip(form, seconds=3)
    assert cause_of(data[: int(len(data) * share)]).kind == "broken"


@pytest.mark.parametrize("form", ["WAV", "FLAC", "OGG"])
def test_a_clip_that_lacks_its_last_byte_is_broken(make_clip: MakeClip, form: str) -> None:
    assert cause_of(make_clip(form, seconds=5)[:-1]).kind == "broken"


def test_an_ogg_that_lacks_its_last_page_is_broken(make_clip: MakeClip) -> None:
    data = make_clip("OGG", seconds=5)
    assert "cut short" in cause_of(data[: data.rindex(b"OggS")]).detail


def test_a_wav_written_into_a_pipe_is_admitted_without_a_stated_size(make_clip: MakeClip) -> None:
    data = bytearray(make_clip(seconds=0.5))
    data[4:8] = data[40:44] = b"\xff\xff\xff\xff"
    ref = inspect_audio(bytes(data))
    assert isinstance(ref, MediaRef)
    assert ref.seconds == 0.5


def test_a_flac_without_a_stated_length_is_broken(make_clip: MakeClip) -> None:
    data = bytearray(make_clip("FLAC"))
    data[21] &= 0xF0  # the last 36 bits of these bytes count the samples (RFC 9639, section 8.2)
    data[22:26] = b"\0\0\0\0"
    assert cause_of(bytes(data)) == Cause(kind="broken", detail="the clip does not state its length")


def test_an_empty_file_is_broken() -> None:
    assert cause_of(b"") == Cause(kind="broken", detail="the file is empty")


@pytest.mark.parametrize("form", ["WAV", "FLAC"])
def test_a_clip_without_samples_is_broken(make_clip: MakeClip, form: str) -> None:
    assert cause_of(make_clip(form, seconds=0)).kind == "broken"


def test_a_clip_of_less_than_one_sample_at_16_khz_is_empty(make_clip: MakeClip) -> None:
    assert "empty" in cause_of(make_clip(rate=48_000, seconds=2 / 48_000)).detail
    assert isinstance(inspect_audio(mono_16k(make_clip(rate=48_000, seconds=3 / 48_000))), MediaRef)


@pytest.mark.parametrize("data", [b"just words", b"\x89PNG\r\n\x1a\n", b"\xff\xfej\0u\0s\0t\0", b"FORM\0\0\0\0AIFF"])
def test_content_that_is_no_audio_is_mislabelled(data: bytes) -> None:
    assert cause_of(data).kind == "mislabelled"


def test_a_flac_behind_an_id3_tag_is_not_taken_for_an_mp3(make_clip: MakeClip) -> None:
    tag = b"ID3\x04\0\0" + bytes([0, 0, 0, 16]) + b"\0" * 16
    assert cause_of(tag + make_clip("FLAC")).kind == "mislabelled"


@pytest.mark.parametrize("form", FORMS)
def test_a_clip_that_lasts_too_long_is_too_large(make_clip: MakeClip, form: str) -> None:
    data = make_clip(form, seconds=2)
    assert isinstance(inspect_audio(data, Limits(audio_seconds=2)), MediaRef)
    assert cause_of(data, Limits(audio_seconds=1.9)).kind == "too_large"


def test_ten_minutes_is_the_longest_by_default(make_clip: MakeClip) -> None:
    assert isinstance(inspect_audio(make_clip("FLAC", seconds=600, rate=1_000)), MediaRef)
    assert cause_of(make_clip("FLAC", seconds=600.1, rate=1_000)).kind == "too_large"


def test_a_clip_of_too_many_bytes_is_too_large(make_clip: MakeClip) -> None:
    data = make_clip()
    assert isinstance(inspect_audio(data, Limits(audio_bytes=len(data))), MediaRef)
    assert cause_of(data, Limits(audio_bytes=len(data) - 1)).kind == "too_large"


def test_a_clip_of_too_many_channels_is_too_large(make_clip: MakeClip) -> None:
    assert cause_of(make_clip(seconds=0.1, channels=9)).kind == "too_large"


@pytest.mark.parametrize("rate", [0, 1, 999, 192_001, 2**31 - 1])
def test_a_clip_of_an_impossible_sample_rate_is_broken(make_clip: MakeClip, rate: int) -> None:
    data = bytearray(make_clip(seconds=0.1))
    data[24:28] = struct.pack("<I", rate)
    assert cause_of(bytes(data)).kind == "broken"


@settings(deadline=None)
@given(start=st.sampled_from(FIRST_BYTES), rest=st.binary(max_size=300))
def test_random_bytes_never_raise_and_are_judged_alike_twice(start: bytes, rest: bytes) -> None:
    first, second = inspect_audio(start + rest), inspect_audio(start + rest)
    assert isinstance(first, Cause | MediaRef)
    assert first == second


@settings(deadline=None)
@given(form=st.sampled_from(FORMS), place=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255))
def test_a_damaged_clip_never_raises_and_what_is_admitted_can_be_converted(
    make_clip: MakeClip, form: str, place: float, byte: int
) -> None:
    data = bytearray(make_clip(form, seconds=0.1, rate=16_000))
    data[int(place**4 * len(data))] = byte  # headers, where most harm is done, come first
    if isinstance(inspect_audio(bytes(data)), MediaRef):
        assert isinstance(inspect_audio(mono_16k(bytes(data))), MediaRef)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000])
def test_any_clip_becomes_one_channel_of_sixteen_bits_at_16_khz(make_clip: MakeClip, form: str, rate: int) -> None:
    with soundfile.SoundFile(io.BytesIO(mono_16k(make_clip(form, rate=rate, channels=2)))) as clip:
        assert (clip.format, clip.subtype, clip.channels, clip.samplerate) == ("WAV", "PCM_16", 1, 16_000)
        assert clip.frames == pytest.approx(16_000, abs=2)


def test_the_pitch_and_the_loudness_of_a_tone_survive(make_clip: MakeClip) -> None:
    samples, rate = soundfile.read(io.BytesIO(mono_16k(make_clip(rate=44_100))))
    spectrum = np.abs(np.fft.rfft(samples))
    assert np.argmax(spectrum) * rate / len(samples) == pytest.approx(440, abs=1)
    assert np.max(np.abs(samples[1_000:-1_000])) == pytest.approx(0.5, abs=0.01)


def test_channels_are_averaged() -> None:
    buffer = io.BytesIO()
    soundfile.write(buffer, np.tile([0.5, -0.25], (16_000, 1)), 16_000, format="WAV")
    samples, _ = soundfile.read(io.BytesIO(mono_16k(buffer.getvalue())))
    assert samples[100:-100] == pytest.approx(0.125, abs=1e-3)


@pytest.mark.parametrize(
    ("level", "expected"), [(np.nan, 0), (np.inf, 1), (-np.inf, -1), (3e38, 1), (-3e38, -1), (1e-40, 0)]
)
def test_a_float_beyond_full_scale_is_clipped_and_one_that_is_no_number_is_silence(
    level: float, expected: float
) -> None:
    buffer = io.BytesIO()
    soundfile.write(buffer, np.full((1_000, 2), level, np.float32), 16_000, format="WAV", subtype="FLOAT")
    samples, _ = soundfile.read(io.BytesIO(mono_16k(buffer.getvalue())))
    assert samples[500] == pytest.approx(expected, abs=1e-3)


def test_equal_clips_give_equal_bytes(make_clip: MakeClip) -> None:
    data = make_clip("OGG", channels=2)
    assert mono_16k(data) == mono_16k(data)


def test_an_unreadable_clip_is_not_converted(make_clip: MakeClip) -> None:
    data = make_clip()[:-100]
    with pytest.raises(InputError, match=hashlib.sha256(data).hexdigest()):
        mono_16k(data)
