"""Models that look at the check-up's known image and listen to its known clip, as they came over the wire."""

import io
import json

import numpy as np
import soundfile
from PIL import Image
from wire.dialect import Asked

from jury.checkup.questions import BEEP, RGB


def colour_of(data: bytes) -> str:
    """The colour of an image: purple if it is the known one's."""
    return "purple" if Image.open(io.BytesIO(data)).convert("RGB").getpixel((100, 100)) == RGB else "white"


def beeps_in(data: bytes) -> str:
    """How many beeps are in a clip."""
    wave, rate = soundfile.read(io.BytesIO(data))
    step = int(BEEP * rate)
    loud = [float(np.abs(wave[at : at + step]).mean()) > 0.1 for at in range(0, len(wave) - step + 1, step)]
    return str(sum(now and not before for before, now in zip([False, *loud], loud, strict=False)))


def vote(choice: str) -> str:
    """A ballot."""
    return json.dumps({"reasoning": "r", "choice": choice, "confidence": 0.9})


def gifted(asked: Asked) -> str:
    """A model that sees and hears and gives ballots."""
    if asked.images:
        return vote(colour_of(asked.images[0]))
    return vote(beeps_in(asked.clips[0]) if asked.clips else "safe")


def guessing(asked: Asked) -> str:
    """A model that takes images and clips and guesses at what is in them."""
    return vote("blue" if asked.images else "3" if asked.clips else "safe")
