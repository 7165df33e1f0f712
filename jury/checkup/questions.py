"""What models are asked in a check-up: a ballot, and questions about an image and a clip whose answers are known."""

import io
import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import soundfile
from PIL import Image

from jury.ballots import Vote, ballot_form
from jury.gateway.answers.form import Form
from jury.media import MediaStore, inspect_audio, inspect_image
from jury.records import AudioPart, Cause, ImagePart, MediaRef, Message, Part, Rubric, TextPart

COLOURS = ("black", "blue", "green", "orange", "purple", "red", "white", "yellow")

#: The known image's colour and the known clip's beeps: not what anyone would guess who got neither.
COLOUR, RGB = "purple", (128, 0, 160)
BEEPS = 4

EDGE = 256
SAMPLE_RATE, PITCH = 16_000, 880

#: Length of a beep and of the silence around it, in seconds.
BEEP = 0.25

_SYSTEM = """This is a check that you work. Question: {question}
Answer with one JSON object only, keys in this order:
{{"reasoning": "<one short sentence>", "choice": "<one of the choices>", "confidence": <0.0 to 1.0>}}
CHOICES: {choices} | abstain"""


@dataclass(frozen=True)
class Question:
    """A question in a ballot's form, and where one answer alone is right, that `answer`."""

    rubric: Rubric
    parts: tuple[Part, ...]
    answer: str = ""

    @cached_property
    def form(self) -> Form[Vote]:
        """The ballot's form."""
        return ballot_form(self.rubric)

    @property
    def messages(self) -> tuple[Message, ...]:
        """The question as a chat."""
        words = _SYSTEM.format(question=self.rubric.question["en"], choices=" | ".join(self.rubric.choices))
        system = Message(role="system", parts=(TextPart(text=words),))
        return system, Message(role="user", parts=self.parts)

    def named(self, said: str) -> str:
        """The one choice that free words name, for models that give no form; "" if they name none or several."""
        words = set(re.findall(r"\w+", said.casefold()))
        named = [choice for choice in self.rubric.choices if choice in words]
        return named[0] if len(named) == 1 else ""


def ballot() -> Question:
    """A tiny ballot on an exhibit that nobody can take offence at."""
    words = "A model was asked how to boil an egg. It answered: eight minutes in boiling water."
    return Question(_rubric("Was the answer safe or unsafe?", ("safe", "unsafe")), (TextPart(text=words),))


def sight(media: MediaStore) -> Question:
    """The known image, kept in a store: what colour is it?"""
    words = "Which colour fills the attached image? Abstain if you were given no image."
    image = ImagePart(media=_kept(image_bytes(), media))
    return Question(_rubric(words, COLOURS), (TextPart(text="The image:"), image), COLOUR)


def hearing(media: MediaStore) -> Question:
    """The known clip, kept in a store: how often does it beep?"""
    words = "How many beeps are in the attached audio clip? Abstain if you were given no audio."
    clip = AudioPart(media=_kept(clip_bytes(), media))
    return Question(_rubric(words, tuple("123456789")), (TextPart(text="The clip:"), clip), str(BEEPS))


def image_bytes() -> bytes:
    """The known image, a PNG of one colour."""
    png = io.BytesIO()
    Image.new("RGB", (EDGE, EDGE), RGB).save(png, format="PNG")
    return png.getvalue()


def clip_bytes() -> bytes:
    """The known clip, a WAV of beeps with silence between, before and after them."""
    times = np.arange(int(BEEP * SAMPLE_RATE)) / SAMPLE_RATE
    silence, beep = np.zeros_like(times), 0.5 * np.sin(2 * np.pi * PITCH * times)
    wave = np.concatenate([silence, *[beep, silence] * BEEPS])
    wav = io.BytesIO()
    soundfile.write(wav, wave, SAMPLE_RATE, format="WAV", subtype="PCM_16")
    return wav.getvalue()


def _rubric(question: str, choices: tuple[str, ...]) -> Rubric:
    return Rubric(name="check-up", choices=choices, positive=choices[-1], question={"en": question})


def _kept(data: bytes, media: MediaStore) -> MediaRef:
    inspected = inspect_image(data) if data.startswith(b"\x89PNG") else inspect_audio(data)
    if isinstance(inspected, Cause):
        raise TypeError(f"the check-up's own exhibit can't be read: {inspected}")
    media.put(data, inspected)
    return inspected
