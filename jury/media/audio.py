"""Clips: what a file really holds, and the one form every model of speech takes."""

import hashlib
import io
from collections.abc import Iterator

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from jury.errors import InputError
from jury.media.formats import MediaFormat, expected_format, format_of
from jury.media.limits import DEFAULT_LIMITS, Limits
from jury.media.truncation import is_cut_short
from jury.media.wav import with_true_sizes
from jury.records import Cause, MediaRef

_BLOCK = 65_536
_SPEECH_RATE = 16_000
_UNKNOWN_LENGTH = 2**62
#: Two MP3 frames: encoders differ in whether they count the silence they pad a clip with.
_MP3_PADDING = 2 * 1_152


def inspect_audio(data: bytes, limits: Limits = DEFAULT_LIMITS) -> MediaRef | Cause:
    """The reference of a WAV, FLAC, OGG (Vorbis or Opus) or MP3 that decodes in full, or the cause why it is not usable.

    Never raises for bad data; causes are `mislabelled` (no audio), `too_large` (bytes, seconds or channels) and
    `broken` (empty, cut short or damaged). An MP3 that does not state its length cannot be known to be cut short.
    """
    form = expected_format(data, "audio", limits.audio_bytes)
    if isinstance(form, Cause):
        return form
    if is_cut_short(data, form.mime):
        return _broken(f"the clip is cut short: bytes are missing at the end of its {form.name} stream")
    try:
        with _opened(data, form) as clip:
            return _claim_problem(clip, form, limits) or _measured(clip, data, form)
    except Exception:  # hostile bytes make libsndfile fail in many ways; its words may hold memory addresses
        return _broken(f"the clip is damaged or cut short: it does not decode as {form.name}")


def mono_16k(data: bytes, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """A clip as a WAV of 16-bit samples, one channel (the mean of all) and 16,000 Hz; equal input gives equal bytes.

    Raises `InputError` for data that `inspect_audio` would not admit.
    """
    checked, form = inspect_audio(data, limits), format_of(data)
    if isinstance(checked, Cause) or form is None:
        name = hashlib.sha256(data).hexdigest()
        why = checked.detail if isinstance(checked, Cause) else "it is no audio"
        raise InputError(f"audio {name}: {why}; leave it out or replace it by one that can be read")
    with _opened(data, form) as clip:
        samples = np.concatenate(list(_resampled(clip)))
    buffer = io.BytesIO()
    soundfile.write(buffer, samples, _SPEECH_RATE, format="WAV", subtype="PCM_16")
    return buffer.getvalue()


def _opened(data: bytes, form: MediaFormat) -> soundfile.SoundFile:
    return soundfile.SoundFile(io.BytesIO(with_true_sizes(data) if form.name == "WAV" else data))


def _claim_problem(clip: soundfile.SoundFile, form: MediaFormat, limits: Limits) -> Cause | None:
    """What is wrong with a clip by its header alone, before anything is decoded."""
    if clip.format.removesuffix("EX") != form.name:  # WAVEX is a WAV; an ID3 tag may stand before what is no MP3
        return Cause(kind="mislabelled", detail=f"the clip opens like {form.name} and holds {clip.format}")
    if clip.channels > limits.audio_channels:
        return _too_large(f"the clip has {clip.channels} channels, more than the {limits.audio_channels} allowed")
    if not limits.lowest_rate <= clip.samplerate <= limits.highest_rate:
        allowed = f"outside {limits.lowest_rate:,} to {limits.highest_rate:,}"
        return _broken(f"the clip claims a sample rate of {clip.samplerate:,} Hz, {allowed}")
    if clip.frames >= _UNKNOWN_LENGTH:
        return _broken("the clip does not state its length")
    if clip.frames > limits.audio_seconds * clip.samplerate:
        return _too_large(f"the clip is longer than the {limits.audio_seconds:g} seconds allowed")
    return None


def _measured(clip: soundfile.SoundFile, data: bytes, form: MediaFormat) -> MediaRef | Cause:
    frames = sum(len(block) for block in _blocks(clip))
    if frames * _SPEECH_RATE < clip.samplerate:
        return _broken(f"the clip is empty: it holds less than one sample at {_SPEECH_RATE:,} Hz")
    if frames < clip.frames - (_MP3_PADDING if form.name == "MP3" else 0):
        return _broken(f"the clip is cut short: {frames:,} of its {clip.frames:,} samples are there")
    return MediaRef(
        sha256=hashlib.sha256(data).hexdigest(),
        mime=form.mime,
        size=len(data),
        seconds=frames / clip.samplerate,
        sample_rate=clip.samplerate,
    )


def _blocks(clip: soundfile.SoundFile) -> Iterator[NDArray[np.float32]]:
    while len(block := clip.read(_BLOCK, dtype="float32", always_2d=True)):
        yield block


def _resampled(clip: soundfile.SoundFile) -> Iterator[NDArray[np.float32]]:
    """Block by block, so that a long clip of many channels never stands in memory as a whole."""
    resampler = soxr.ResampleStream(clip.samplerate, _SPEECH_RATE, 1, dtype="float32")
    for block in _blocks(clip):
        # A WAV of floats may hold anything: what is not a number, or sums that overflow.
        audible = np.clip(np.nan_to_num(block), -1.0, 1.0)
        yield resampler.resample_chunk(audible.mean(axis=1))
    yield resampler.resample_chunk(np.zeros(0, dtype=np.float32), last=True)


def _too_large(detail: str) -> Cause:
    return Cause(kind="too_large", detail=detail)


def _broken(detail: str) -> Cause:
    return Cause(kind="broken", detail=detail)
