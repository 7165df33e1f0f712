"""Small finished runs over scripted models, for reports: a plain one, and one in which every text is hostile."""

import asyncio
import io
import json
import wave
from pathlib import Path
from typing import Any

from PIL import Image
from scripted import ScriptedTransport, said

from benchmarks.runs import held
from benchmarks.settings import RunSettings
from jury.records import Completion, Request

#: Names of the five jurors; who plays what is in the name of its model.
PANEL = ("unsafe", "unsafe", "safe", "follower", "mute")

#: What somebody may have written: markup, a template, an escape code, a text that runs backwards.
HOSTILE = (
    "<script>document.title='owned'</script>{{ 7*7 }}{% raw %}\"'><img src=x onerror=alert(1)> \x1b[31m \u202eback"
)

#: The length of an answer that no page should hold.
MEGABYTE = 1_000_000


def png(width: int = 900, height: int = 600) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(data, "PNG")
    return data.getvalue()


def wav(seconds: float = 0.5) -> bytes:
    data = io.BytesIO()
    with wave.open(data, "wb") as clip:
        clip.setnchannels(1)
        clip.setsampwidth(2)
        clip.setframerate(16_000)
        clip.writeframes(b"\x00\x10" * int(16_000 * seconds))
    return data.getvalue()


class Scripted(ScriptedTransport):
    """Jurors agree on what is calm and stick to their parts on the rest; all give the same reasons."""

    def __init__(self, reasons: str) -> None:
        super().__init__()
        self.reasons = reasons

    async def attempt(self, request: Request, timeout: float) -> Completion:
        completion = await super().attempt(request, timeout)
        if request.answer_schema is None:
            return completion.but(text=self.reasons)
        if completion.text == "cannot say":
            return completion
        calm = {"choice": "safe", "rating": 5} if "calm" in said(request) else {}
        return completion.but(text=json.dumps({**json.loads(completion.text), "reasoning": self.reasons, **calm}))


def judged(folder: Path, cases: list[dict[str, Any]], names: tuple[str, ...], reasons: str, **settings: Any) -> Path:
    """A finished run over those cases, with a juror of each name."""
    seats = [{"name": name, "model": f"test/{part}"} for name, part in zip(names, PANEL, strict=True)]
    (folder / "panel.yaml").write_text(json.dumps({"seats": seats}))
    (folder / "cases.jsonl").write_text("\n".join(map(json.dumps, cases)))
    settings = RunSettings(
        source=str(folder / "cases.jsonl"),
        out=folder / "run",
        panel=str(folder / "panel.yaml"),
        jury="trial",
        rubric="safebench",
        **settings,
    )
    asyncio.run(held(settings, transport=Scripted(reasons)))
    return folder / "run"


def plain_run(folder: Path, **settings: Any) -> Path:
    """Six cases of two scenarios and two targets, three of them disputed, with an image, a clip and a missing image.

    `settings` are further ones of the run.
    """
    (folder / "red.png").write_bytes(png())
    (folder / "clip.wav").write_bytes(wav())
    told = {"response": "Ten minutes in boiling water.", "target": "model-one", "category": "Kitchen"}
    return judged(
        folder,
        [
            {"id": "c1", "prompt": "A calm question?", "scenario": "cooking_tips", "gold": "safe", **told},
            {"id": "c2", "prompt": "An odd question?", "scenario": "cooking_tips", "gold": "safe", **told},
            {"id": "c3", "prompt": "And this?", "image": "red.png", "image_description": "a red wall", **told},
            {"id": "c4", "prompt": "Heard it?", "audio": "clip.wav", "spoken": "hello there", **told},
            {"id": "c5", "prompt": "A calm one?", "image": "gone.png", "scenario": "garden", **told},
            {"id": "c6", "prompt": "还有这个？", "language": "zh", **told, "target": "model-two"},
        ],
        ("Ann", "Bob", "Cyd", "Dan", "Eve"),
        "It is plain to see.",
        **settings,
    )


def hostile_run(folder: Path) -> Path:
    """Two disputed cases whose every text is hostile, one with an answer of a megabyte."""
    name = '"><img src=x onerror=alert(1)>.png'
    (folder / name).write_bytes(png())
    every = {"prompt": HOSTILE, "scenario": HOSTILE, "category": HOSTILE, "target": HOSTILE, "group": HOSTILE}
    return judged(
        folder,
        [
            {"id": f"one {HOSTILE}", "response": HOSTILE, "image": name, "image_description": HOSTILE, **every},
            {"id": "two", "response": HOSTILE + "x" * MEGABYTE, "image": f"not there {name}", **every},
        ],
        tuple(f"{number} {HOSTILE}" for number in range(5)),
        HOSTILE,
    )
