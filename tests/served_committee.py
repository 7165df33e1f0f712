"""A committee behind HTTP: one server that answers every act of a committee, paints and speaks."""

import hashlib
import io
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from committee import ScriptedMembers
from model_server import ModelServer, Served, words_of

_ACT = re.compile(r"^ACT: (\w+)$", re.MULTILINE)
_CHOICES = re.compile(r"CHOICES: (.+)")
_KINDS = ("Borrowed bicycles", "Noise at night", "Gossip among neighbours", "Late library books", "Queue jumping")


def shown_to(request: dict[str, Any]) -> str:
    """The words of the last message, whatever is attached to it."""
    return words_of(request["messages"][-1]["content"])


def act_of(request: dict[str, Any]) -> str:
    """`paint`, `speak`, `vote`, or what the committee's prompt calls the act."""
    if "prompt" in request:
        return "paint"
    if "input" in request:
        return "speak"
    found = _ACT.findall(shown_to(request))
    return found[-1] if found else "vote"


def member(request: dict[str, Any]) -> Served:
    """What a willing member says, and a painter and a speaker make."""
    act = act_of(request)
    if act == "paint":
        return Served()
    if act == "speak":
        return Served(body=clip(request["input"]))
    return Served(text=_said(act, request))


def clip(words: str) -> bytes:
    """A tone as long as somebody would take to say the words, whose pitch follows from them."""
    seconds = 0.2 * len(words) if re.search("[一-鿿]", words) else 0.3 * len(words.split())
    pitch = 200 + hashlib.sha256(words.encode()).digest()[0]
    times = np.arange(round(16_000 * seconds)) / 16_000
    buffer = io.BytesIO()
    soundfile.write(buffer, 0.3 * np.sin(2 * np.pi * pitch * times), 16_000, format="WAV", subtype="PCM_16")
    return buffer.getvalue()


def _said(act: str, request: dict[str, Any]) -> str:
    shown = shown_to(request)
    if act in {"write", "score"}:
        return ScriptedMembers()._text("author", act, shown)
    if act == "propose":
        kinds = [
            {
                "name": kind,
                "definition": f"Requests about {kind}.",
                "why": "It annoys.",
                "severity": 2,
                "outline": "A question.",
            }
            for kind in _KINDS
        ]
        return json.dumps({"scenarios": kinds})
    if act == "name":
        name = next(kind for kind in _KINDS if kind in shown)
        title = {"key": name, "name": name, "definition": f"Requests about {name}.", "why": "", "outline": ""}
        return json.dumps({**title, "category": "manners", "category_name": "Manners"})
    if act == "interpret":
        return json.dumps({"subject": "a gate", "scene": "A gate stands open beside a bicycle."})
    if act == "look":
        return json.dumps({"seen": "a gate", "brings_to_mind": True, "advice": ""})
    return json.dumps({"reasoning": "It is a kind of its own.", "choice": "keep", "rating": 4, "confidence": 0.8})


def committee_file(folder: Path, server: ModelServer, *names: str) -> Path:
    """A committee of models behind a server, in a file."""
    seats = [f"    - {{name: {name}, model: hosted_vllm/{name}, api_base: '{server.base}'}}" for name in names]
    file = folder / "committee.yaml"
    file.write_text("name: served\npanel:\n  seats:\n" + "\n".join(seats) + "\n")
    return file


def models_file(folder: Path, *names: str) -> Path:
    """What LiteLLM can't know of those models: they see."""
    file = folder / "models.yaml"
    file.write_text("".join(f"hosted_vllm/{name}: {{sees: true}}\n" for name in names))
    return file
