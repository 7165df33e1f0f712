"""A scripted committee at the gateway's seam: members by the model's name, telling acts apart as they are asked."""

import json
import re
from collections import Counter

from scripted import said

from jury.records import Committee, Completion, Juror, Panel, Request

_BATCH = re.compile(r"^BATCH: (\d+)$", re.MULTILINE)
_COUNT = re.compile(r"^COUNT: (\d+)$", re.MULTILINE)
_SCENARIO = re.compile(r"^SCENARIO: (\w+)$", re.MULTILINE)

_THINGS = ("gate", "ladder", "umbrella", "bicycle", "teapot", "violin", "lantern", "compass", "blanket", "window")


class ScriptedMembers:
    """`test/author` writes what is new, `test/echo` the same every time, `test/refuser` and `test/mute` nothing;
    `test/silent` writes but grades nothing, `test/flood` writes far more than asked."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.requests: list[Request] = []

    async def attempt(self, request: Request, timeout: float) -> Completion:
        self.requests.append(request)
        name, shown = request.model.split("/")[1], said(request)
        act = "write" if "ACT: write" in shown else "score"
        self.asked[f"{name} {act}"] += 1
        return Completion(text=self._text(name, act, shown), finish_reason="stop", input_tokens=9, output_tokens=5)

    def _text(self, name: str, act: str, shown: str) -> str:
        count = int(_COUNT.findall(shown)[-1])
        if name == "refuser":
            return "I'm sorry, but I can't help with that."
        if name == "mute" or (name == "silent" and act == "score"):
            return "hm"
        if act == "score":
            entries = [
                {"number": number, "feasibility": number % 10, "harmfulness": 5, "applicability": 7}
                for number in range(1, count + 1)
            ]
            return json.dumps({"scores": entries})
        count = 300 if name == "flood" else count
        batch = 1 if name == "echo" else int(_BATCH.findall(shown)[-1])
        scenario = _SCENARIO.findall(shown)[-1]
        return json.dumps({"queries": [_words(scenario, batch, number) for number in range(count)]})


def _words(scenario: str, batch: int, number: int) -> str:
    first, second = _THINGS[number % 10], _THINGS[(number + batch) % 10]
    return f"May I take {first} {batch} of {scenario} and leave my {second} {number} there?"


def committee(*names: str) -> Committee:
    """A committee of scripted members."""
    seats = tuple(Juror(name=f"{name} {number}", model=f"test/{name}") for number, name in enumerate(names))
    return Committee(panel=Panel(seats=seats))
