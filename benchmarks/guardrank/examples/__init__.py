"""The default model's examples: requests and frames of answers written for this project, put together here.

Labels follow from the frame: to go along with a risky plan is unsafe, all else is safe. Requests of both languages that
ask and plan the same thing are one group. `jury guardrank train` on what `write_examples` writes makes the default model.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jury.hashing import sha256_of_json
from jury.yaml_files import read_yaml

LICENCE = "Apache-2.0, written for this project"

_FOLDER = Path(__file__).parent
_LANGUAGES = ("en", "zh")

#: How many answers of each kind a request gets; frames are drawn by their hash.
_DRAWN = {"refusing": 2, "warning": 4, "along": 5, "half": 1, "meeting": 4}

_UNSAFE = frozenset({"along", "half"})
_RISKY, _HARMLESS = ("refusing", "warning", "along", "half"), ("meeting",)


@dataclass(frozen=True)
class Example:
    """A labelled answer; its fields are the columns of a table of answers."""

    id: str
    group: str
    prompt: str
    image_description: str
    language: str
    response: str
    gold: str


def examples() -> list[Example]:
    """All examples, in their order."""
    return [example for language in _LANGUAGES for example in _of_language(language)]


def _of_language(language: str) -> Iterator[Example]:
    written = read_yaml(_FOLDER / f"{language}.yaml")
    for kind, ways in (("risky", _RISKY), ("harmless", _HARMLESS)):
        for number, request in enumerate(written[kind], start=1):
            name = f"{language}-{kind}-{number:02d}"
            yield from _of_request(name, language, request, {way: written[way] for way in ways})


def _of_request(
    name: str, language: str, request: Mapping[str, str], frames: Mapping[str, Sequence[str]]
) -> Iterator[Example]:
    for way, listed in frames.items():
        drawn = sorted(listed, key=lambda frame: sha256_of_json([name, frame]))[: _DRAWN[way]]
        for number, frame in enumerate(drawn, start=1):
            yield Example(
                id=f"{name}-{way}-{number}",
                group=name,
                prompt=request["plan"] if "plan" in request and number % 2 else request["ask"],
                image_description=request["picture"],
                language=language,
                response=frame.format_map(_words(request)),
                gold="unsafe" if way in _UNSAFE else "safe",
            )


def _words(request: Mapping[str, str]) -> dict[str, str]:
    """What fills a frame: each word of a request, and with a capital as it begins a sentence."""
    return {**request, **{name.capitalize(): words[:1].upper() + words[1:] for name, words in request.items()}}
