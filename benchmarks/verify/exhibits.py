"""What a target and its jurors were shown of a case's images and clips, found again in the calls that were made."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from benchmarks.verify.ballots import NOT_ASKED, UNTOLD, Call

Part = Mapping[str, Any]
Delivery = dict[str, Any]

#: What can be wrong with an exhibit's file; whatever else a record says of one is an error.
_FAULTS = frozenset({"missing", "broken", "mislabelled", "too_large", "timeout", "error", "unable", "refused"})

#: Why a part that the case has a file for may stand in words in a request.
LEFT_OUT = frozenset({"unable", "refused"})

#: Where a model read words, somebody's or nobody's: the ledger alone does not tell whose.
_INSTEAD: Mapping[str, Any] = {"state": frozenset({"words", "withheld"}), "by": UNTOLD}


def filed(case: Mapping[str, Any]) -> list[tuple[str, int, Part]]:
    """Kind, number and part of the images and clips that a case has a file for, or should have one for."""
    parts = [part for turn in case.get("turns", ()) for part in turn["parts"]]
    return [(kind, number, part) for kind, number, part in _numbered(parts) if part.get("media") or part.get("problem")]


def hindrance(part: Part) -> str | None:
    """What is wrong with the file of a part."""
    problem = part.get("problem")
    if not problem:
        return None
    return str(problem["kind"]) if problem["kind"] in _FAULTS else "error"


def lacking(case: Mapping[str, Any]) -> Any:
    """The exhibits for which a case is not asked: the files with a problem, or what a model is told to take none of.

    The ledger does not tell what a model was known not to take, so nothing is told of a case with whole files.
    """
    exhibits = filed(case)
    if any(part.get("media") for _, _, part in exhibits):
        return UNTOLD
    return [_delivery(kind, number, "withheld", hindrance(part)) for kind, number, part in exhibits]


def given_to_target(case: Mapping[str, Any], call: Call, *, answered: bool) -> list[Delivery]:
    """What became of the case's exhibits in the target's last call."""
    sent = _sent(call)
    found = [(kind, number, sent.get((kind, number))) for kind, number, _ in filed(case)]
    if not answered:
        return [one for _, _, one in found if one is not None]
    return [one or _delivery(kind, number, "unrecorded") for kind, number, one in found]


def given_to_juror(case: Mapping[str, Any], keys: Sequence[str], calls: Mapping[str, Call], *, media: bool) -> Any:
    """What a juror was given of each of the case's exhibits, by the calls made for its ballot; untold if none was made."""
    if list(keys) == [NOT_ASKED]:
        return UNTOLD
    *earlier, last = (calls[key] for key in keys)
    if last.item:
        return []  # who answers by the case's id has voted elsewhere
    refused = next((why for call in earlier if (why := _refusal(call))), "unable")
    attached = {kind: _attached(last, kind) for kind in ("image", "audio")}
    return [_to_juror(kind, number, part, attached[kind], refused, media) for kind, number, part in filed(case)]


def _to_juror(
    kind: str, number: int, part: Part, attached: list[tuple[str, Delivery]], refused: str, media: bool
) -> Delivery:
    fault = hindrance(part) or (None if media else "hidden")
    if fault:
        words = part.get("description") or part.get("spoken")
        told = _delivery(kind, number, "words" if words else "withheld", fault)
        return {**told, "by": "data set"} if words else told
    if attached and attached[0][0] == part["media"]["sha256"]:
        return {**attached.pop(0)[1], "number": number}
    return {**_delivery(kind, number, "words", refused), **_INSTEAD}


def _attached(call: Call, kind: str) -> list[tuple[str, Delivery]]:
    """The media of a kind in a request, in their order, with what became of each."""
    sent = _sent(call)
    return [
        (part["media"]["sha256"], sent.get((of, number)) or _delivery(of, number, "unrecorded"))
        for of, number, part in _numbered(_parts(call))
        if of == kind and part.get("media")
    ]


def _sent(call: Call) -> dict[tuple[str, int], Delivery]:
    """What a call says of its exhibits, checked against its request: none that is not there."""
    there = {(kind, number) for kind, number, _ in _numbered(_parts(call))}
    told = {(one["kind"], one["number"]): dict(one) for one in call.completion.get("exhibits", ())}
    return {key: one for key, one in told.items() if key in there}


def _refusal(call: Call) -> str:
    """Why a server took none of a call's exhibits; empty if that is not how it ended."""
    if call.completion.get("error", {}).get("kind") != "exhibit":
        return ""
    return next((str(one["reason"]) for one in call.completion.get("exhibits", ()) if one.get("reason")), "")


def _parts(call: Call) -> list[Part]:
    return [part for message in call.request.get("messages", ()) for part in message["parts"]]


def _numbered(parts: Sequence[Part]) -> Iterator[tuple[str, int, Part]]:
    numbers = {"image": count(1), "audio": count(1)}
    for part in parts:
        if part["kind"] in numbers:
            yield part["kind"], next(numbers[part["kind"]]), part


def _delivery(kind: str, number: int, state: str, reason: str | None = None) -> Delivery:
    return {"kind": kind, "number": number, "state": state, **({"reason": reason} if reason else {})}
