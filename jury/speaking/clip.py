"""Clips as samples: read, trimmed of silence at both ends, and written."""

import io

import numpy as np
import soundfile

from jury.media import mono_16k
from jury.speaking.loudness import Samples

#: Hz of every clip that is kept.
RATE = 16_000
#: dB under the loudest frame at which a frame is silence.
SILENT_BELOW = -40.0
#: Seconds of a frame, and of silence left at each end.
FRAME, MARGIN = 0.01, 0.1


def samples_of(data: bytes) -> Samples:
    """The samples of any clip that `jury.media` admits, between -1 and 1, one channel at 16,000 Hz. Raises `InputError`."""
    samples, _ = soundfile.read(io.BytesIO(mono_16k(data)), dtype="float64")
    return np.asarray(samples)


def trimmed(samples: Samples, rate: int = RATE) -> Samples:
    """The samples without the silence before and after them, but for a margin of 0.1 s at each end; empty for silence."""
    size, margin = round(FRAME * rate), round(MARGIN * rate)
    levels = _levels(samples, size)
    if not levels.max(initial=0.0):
        return samples[:0]
    loud = np.flatnonzero(levels >= levels.max() * 10 ** (SILENT_BELOW / 20))
    return samples[max(0, loud[0] * size - margin) : (loud[-1] + 1) * size + margin]


def wav_of(samples: Samples, rate: int = RATE) -> bytes:
    """The samples as a WAV of one channel and 16 bits; equal samples give equal bytes."""
    buffer = io.BytesIO()
    soundfile.write(buffer, samples, rate, format="WAV", subtype="PCM_16")
    return buffer.getvalue()


def _levels(samples: Samples, size: int) -> Samples:
    """The root mean square of every frame; the last one is filled up with zeros."""
    filled = np.pad(samples, (0, -len(samples) % size)).reshape(-1, size)
    return np.asarray(np.sqrt((filled**2).mean(axis=1)))
