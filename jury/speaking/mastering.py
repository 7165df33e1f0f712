"""From a take to a clip that is kept: checked, trimmed, brought to one loudness and one form."""

from jury.media import inspect_audio
from jury.records import Cause
from jury.speaking.checks import fault_of_length, fault_of_sound
from jury.speaking.clip import RATE, samples_of, trimmed, wav_of
from jury.speaking.loudness import normalised


def mastered(data: bytes, words: str) -> bytes | Cause:
    """A take of these words as WAV: 16,000 Hz, one channel, 16 bits, -23 LUFS, or what is wrong with it.

    Never raises for bad data. Equal takes give equal bytes.
    """
    checked = inspect_audio(data)
    fault = checked if isinstance(checked, Cause) else fault_of_sound(data)
    if fault is not None:
        return fault
    samples = trimmed(samples_of(data))
    return fault_of_length(len(samples) / RATE, words) or wav_of(normalised(samples, RATE))
