"""Who heard whom: the order around the table, worked out again from what was judged."""

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.verify.ballots import UNTOLD
from benchmarks.verify.documents import digest

#: What a part of a prompt holds where its JSON leaves it out.
_EXHIBIT = {"media": None, "problem": None}
_PART: dict[str, dict[str, Any]] = {
    "text": {},
    "image": {**_EXHIBIT, "description": ""},
    "audio": {**_EXHIBIT, "spoken": ""},
}
_MEDIA = {"width": None, "height": None, "seconds": None, "sample_rate": None}


def heard_by(topology: str, seats: Sequence[str], case: Mapping[str, Any], answers: Sequence[Mapping[str, Any]]) -> Any:
    """Seat → seats whose last ballot it was shown; untold for a topology that is not among the shipped ones."""
    if topology not in {"complete", "ring"}:
        return UNTOLD
    shown = _exhibits(case, answers)
    table = sorted(seats, key=lambda seat: digest([shown, seat]))
    return {
        seat: [other for place, other in enumerate(table) if _hears(topology, at, place, len(table))]
        for at, seat in enumerate(table)
    }


def _hears(topology: str, at: int, place: int, places: int) -> bool:
    return at != place and (topology == "complete" or (at - place) % places in {1, places - 1})


def _exhibits(case: Mapping[str, Any], answers: Sequence[Mapping[str, Any]]) -> str:
    """64 hex digits over what jurors are shown."""
    turns = [{"parts": [whole_part(part) for part in turn["parts"]]} for turn in case.get("turns", ())]
    said = [[answer.get("state", "given"), answer.get("text", "")] for answer in answers]
    return digest([case.get("language", "en"), turns, said])


def whole_part(part: Mapping[str, Any]) -> dict[str, Any]:
    """A part with every field it leaves out."""
    whole = {**_PART[part["kind"]], **part}
    if whole.get("media"):
        whole["media"] = {**_MEDIA, **whole["media"]}
    if whole.get("problem"):
        whole["problem"] = {"detail": "", **whole["problem"]}
    return whole
