"""Rounds that a forger took out, seals and all, are missed: the protocol calls for them."""

from typing import Any

import pytest

from benchmarks.verify.course import irregularities
from benchmarks.verify.juries import Bench, Chair

SEATS = {name: Chair(name, name, "m") for name in "abc"}
RUBRIC = {"choices": ["safe", "unsafe"], "positive": "unsafe", "rating": None, "aliases": {}}
SPLIT, AGREED = ("safe", "unsafe", "safe"), ("safe", "safe", "safe")


def bench(tie_break: str = "none", **protocol: Any) -> Bench:
    settings = {"rounds": 2, "settled": 0.8, "reballot": "sealed", "summary": False, **protocol}
    rule = {"name": "unanimity", "args": {}, "quorum": 0.5, "tie_break": tie_break}
    return Bench({"rule": rule, "rubric": RUBRIC, "protocol": settings}, "h", SEATS, None, SEATS["a"], SEATS["a"])


def trial(*rounds: tuple[str, tuple[str, ...]], **closing: Any) -> dict[str, Any]:
    held = [
        {
            "kind": kind,
            "index": index,
            "ballots": [
                {"seat": seat, "state": "cast", "choice": choice} for seat, choice in zip("abc", choices, strict=False)
            ],
        }
        for index, (kind, choices) in enumerate(rounds)
    ]
    return {"rounds": held, "tie_break": None, "summary": None, **closing}


REGULAR = [
    (bench(), trial(("assessment", AGREED))),
    (bench(), trial(("assessment", SPLIT), ("deliberation", AGREED), ("reballot", AGREED))),
    (bench(), trial(("assessment", SPLIT), ("deliberation", SPLIT), ("deliberation", SPLIT), ("reballot", SPLIT))),
    (bench(reballot="spoken"), trial(("assessment", SPLIT), ("deliberation", AGREED))),
    (bench(rounds=0), trial(("assessment", SPLIT))),
    (bench(rounds=1, settled=None, reballot="spoken"), trial(("assessment", AGREED), ("deliberation", AGREED))),
    (bench("foreperson", rounds=0), trial(("assessment", SPLIT), tie_break={})),
    (bench("positive", rounds=0), trial(("assessment", SPLIT))),
    (bench("foreperson", summary=True), trial(("assessment", AGREED), summary={})),
    (bench(summary=True), {"outcome": {"state": "invalid"}}),
]


@pytest.mark.parametrize(("jury", "verdict"), REGULAR)
def test_a_trial_held_as_the_protocol_says_is_regular(jury: Bench, verdict: dict[str, Any]) -> None:
    assert list(irregularities(verdict, jury)) == []


@pytest.mark.parametrize(
    ("jury", "verdict", "words"),
    [
        (bench(), trial(("assessment", SPLIT)), "deliberation is due after round 0, but nothing follows"),
        (
            bench(),
            trial(("assessment", SPLIT), ("deliberation", AGREED)),
            "reballot is due after round 1, but nothing follows",
        ),
        (
            bench(),
            trial(("assessment", AGREED), ("deliberation", AGREED), ("reballot", AGREED)),
            "nothing is due after round 0, but deliberation follows",
        ),
        (
            bench(),
            trial(("assessment", SPLIT), ("reballot", SPLIT)),
            "deliberation is due after round 0, but reballot follows",
        ),
        (bench(rounds=0), trial(("assessment", SPLIT[:2])), "assessment round 0 is not the one round 0 of every seat"),
        (bench(), trial(("reballot", AGREED)), "opens with reballot"),
        (bench("foreperson", rounds=0), trial(("assessment", SPLIT)), "a tie-break is due, but there is none"),
        (
            bench(rounds=0),
            trial(("assessment", SPLIT), summary={"text": "x"}),
            "a summary is not due, but there is one",
        ),
    ],
)
def test_a_trial_held_otherwise_is_told_by_its_irregularity(jury: Bench, verdict: dict[str, Any], words: str) -> None:
    assert words in list(irregularities(verdict, jury))


def held(kind: str, index: int, choices: str, order: str = "", said: str = "", sure: float = 0.9) -> dict[str, Any]:
    seats = order or "abc"[: len(choices)]
    ballots = [
        {"seat": seat, "state": "cast", "choice": {"s": "safe", "u": "unsafe"}[choice], "confidence": sure}
        for seat, choice in zip(seats, choices, strict=True)
    ]
    speakers = {"c": "critic", "d": "defender"}
    return {
        "kind": kind,
        "index": index,
        "ballots": sorted(ballots, key=lambda ballot: str(ballot["seat"])),
        "order": list(order),
        "statements": [{"seat": speakers[one]} for one in said],
    }


def whole(*rounds: dict[str, Any]) -> dict[str, Any]:
    return {"rounds": list(rounds), "tie_break": None, "summary": None}


SCOUTED = bench(screen=0.8, rounds=0)
ARGUED = bench(forum="advocates", rounds=1, settled=None, reballot="spoken")
STABLE = bench(stops=["stable"], rounds=2, settled=None, reballot="spoken")
QUEUE = bench(opening="in_turn", rounds=0)


@pytest.mark.parametrize(
    ("jury", "verdict", "words"),
    [
        (SCOUTED, whole(held("screening", 0, "s")), None),
        (SCOUTED, whole(held("assessment", 0, "sss")), "opens with assessment"),
        (SCOUTED, whole(held("screening", 0, "s", sure=0.7)), "assessment is due after round 0, but nothing follows"),
        (
            SCOUTED,
            whole(held("screening", 0, "s"), held("assessment", 1, "sss")),
            "nothing is due after round 0, but assessment follows",
        ),
        (
            SCOUTED,
            whole(held("screening", 0, "s", order="b")),
            "screening round 0 is not the one round 0 of every seat",
        ),
        (ARGUED, whole(held("assessment", 0, "sus"), held("deliberation", 1, "sus", said="cd")), None),
        (
            ARGUED,
            whole(held("assessment", 0, "sus"), held("deliberation", 1, "sus", said="dc")),
            "critic and defender are to speak in round 1, but defender and critic did",
        ),
        (
            ARGUED,
            whole(held("assessment", 0, "sus"), held("deliberation", 1, "sus")),
            "critic and defender are to speak in round 1, but nobody did",
        ),
        (STABLE, whole(held("assessment", 0, "sus"), held("deliberation", 1, "sus")), None),
        (
            STABLE,
            whole(held("assessment", 0, "sus"), held("deliberation", 1, "sss")),
            "deliberation is due after round 1",
        ),
        (
            STABLE,
            whole(held("assessment", 0, "sus"), held("deliberation", 1, "sus", said="c")),
            "critic speaks in round 1, where nobody is to",
        ),
        (QUEUE, whole(held("assessment", 0, "ssu", order="cab")), None),
        (
            QUEUE,
            whole(held("assessment", 0, "s", order="c")),
            "assessment round 0 is not the one round 0 of every seat",
        ),
    ],
)
def test_new_pieces_of_protocols_are_checked_too(jury: Bench, verdict: dict[str, Any], words: str | None) -> None:
    found = list(irregularities(verdict, jury))
    assert any(one.startswith(words) for one in found) if words else found == []
