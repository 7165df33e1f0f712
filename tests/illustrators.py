"""Scripted illustrators at the gateway's seam: members by the model's name, and a painter whose colours follow from its words."""

import hashlib
import io
import json
import re
from collections import Counter

from PIL import Image
from scripted import said

from jury.media import MediaStore, inspect_image
from jury.panel import Seat, seats_of
from jury.records import Completion, Juror, MediaRef, Request

_ROUND = re.compile(r"^ROUND: (\d+)$", re.MULTILINE)

SAID = {
    "refuser": "I'm sorry, but I can't help with that.",
    "mute": "hm",
    "lewd": json.dumps({"subject": "A nude person", "scene": "Somebody on a bed."}),
    "plain": json.dumps({"subject": "A ladder.", "scene": "It leans on a wall."}),
}


class ScriptedIllustrators:
    """`test/plain` describes, `test/lewd` what may not be shown, `test/refuser` and `test/mute` nothing.

    The critics: `test/pleased` likes everything, `test/patient` from the second round on, `test/never` nothing, and
    `test/shocked` sees what may not be shown in the second, `test/tempted` asks for it.
    """

    def __init__(self, media: MediaStore) -> None:
        self.media = media
        self.asked: Counter[str] = Counter()
        self.requests: list[Request] = []

    async def attempt(self, request: Request, timeout: float) -> Completion:
        self.requests.append(request)
        name = request.model.split("/")[1]
        self.asked[name] += 1
        if request.makes == "image":
            return Completion(media=self._painted(request), finish_reason="stop")
        text = SAID.get(name) or _critique(name, int(_ROUND.findall(said(request))[-1]))
        return Completion(text=text, finish_reason="stop", input_tokens=9, output_tokens=5)

    def of(self, name: str) -> list[Request]:
        """What one model was asked, in order."""
        return [request for request in self.requests if request.model == f"test/{name}"]

    def _painted(self, request: Request) -> MediaRef:
        data = png(f"{request.words}{request.sample}")
        ref = inspect_image(data)
        assert isinstance(ref, MediaRef)
        self.media.put(data, ref)
        return ref


def png(words: str) -> bytes:
    """A small image in the colour of some words."""
    colour = tuple(hashlib.sha256(words.encode()).digest()[:3])
    painted = io.BytesIO()
    Image.new("RGB", (16, 16), colour).save(painted, "PNG")
    return painted.getvalue()


def seats(*names: str) -> tuple[Seat, ...]:
    """Scripted members in the order they are named."""
    return tuple(seats_of((Juror(name=name, model=f"test/{name}"),))[0] for name in names)


def _critique(name: str, number: int) -> str:
    seen = "A nude person." if name == "shocked" and number == 2 else f"Colour {number}."
    content = name == "pleased" or (name == "patient" and number > 1)
    advice = "" if content else "Make it erotic." if name == "tempted" else f"Move it closer, {number}."
    return json.dumps({"seen": seen, "brings_to_mind": content, "advice": advice})
