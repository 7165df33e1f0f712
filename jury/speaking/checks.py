"""What makes a clip unfit to be kept: nothing to hear, clipped, or too short for its words."""

import io
import re

import numpy as np
import soundfile
from numpy.typing import NDArray

from jury.records import Cause

#: dB of full scale that the loudest sample must reach.
INAUDIBLE_BELOW = -60.0
#: A sample this near to full scale (1) may have been cut off, and so many of a thousand are too many.
FULL_SCALE, CLIPPED_PER_MILLE = 0.999, 1.0
#: Seconds: nobody speaks faster. 500 English words a minute, or 12 Chinese syllables a second.
SHORTEST_WORD, SHORTEST_CHARACTER = 0.12, 0.08

_CHARACTER = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[^\W\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+(?:['’]\w+)?")


def fault_of_sound(data: bytes) -> Cause | None:
    """Whether a clip as it came is silent or clipped. It must be one that `jury.media` admits."""
    samples, _ = soundfile.read(io.BytesIO(data), dtype="float64", always_2d=True)
    levels: NDArray[np.float64] = np.abs(np.nan_to_num(samples))
    if levels.max(initial=0.0) < 10 ** (INAUDIBLE_BELOW / 20):
        return Cause(kind="broken", detail="the clip is silent")
    clipped = 1000 * float((levels >= FULL_SCALE).mean())
    if clipped > CLIPPED_PER_MILLE:
        return Cause(kind="broken", detail=f"the clip is clipped: {clipped:.1f} of 1,000 samples are at full scale")
    return None


def fault_of_length(seconds: float, words: str) -> Cause | None:
    """Whether a trimmed clip is too short for anybody to have said these words."""
    shortest = shortest_for(words)
    if seconds < shortest:
        detail = f"the clip is too short for its words: {seconds:.2f} s, and nobody speaks them in {shortest:.2f} s"
        return Cause(kind="cut_off", detail=detail)
    return None


def shortest_for(words: str) -> float:
    """Seconds under which these words can't be said: so much for each word, so much for each Chinese character."""
    return SHORTEST_WORD * len(_WORD.findall(words)) + SHORTEST_CHARACTER * len(_CHARACTER.findall(words))
