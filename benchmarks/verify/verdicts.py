"""A case's verdict, derived again from the calls that its trials name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.verify.ballots import NOT_ASKED, UNASKED, UNTOLD, Call, ballot, silence
from benchmarks.verify.decisions import mean, outcome, with_tie_broken
from benchmarks.verify.documents import digest
from benchmarks.verify.hearing import heard_by
from benchmarks.verify.juries import Bench, Chair, positives
from benchmarks.verify.reading import Row
from benchmarks.verify.usage import Usage, of_call, one_by_one, side_by_side

ROUNDS = {"assessment", "deliberation", "reballot"}

#: Why a case may have ended without a round, where no answer says so.
BROKEN_OFF = frozenset({"error", "timeout"})

#: Scripted models: whatever they take part in is labelled.
REHEARSAL = "rehearsal/"


@dataclass(frozen=True)
class Held:
    """Everything the ledger holds of one case: its record, the keys of the calls by phase, round and seat."""

    case: Mapping[str, Any]
    calls: Mapping[str, Call]
    keys: dict[tuple[str, int], dict[str, list[str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, case: Mapping[str, Any], trials: Iterable[Row], calls: Mapping[str, Call]) -> "Held":
        """The case with its trials in order."""
        held = cls(case, calls)
        for trial in sorted(trials, key=lambda row: (row["round"], row["phase"], row["seat"], row["attempt"])):
            seats = held.keys.setdefault((trial["phase"], trial["round"]), {})
            seats.setdefault(trial["seat"], []).append(trial["call"])
        return held

    def asked(self, phase: str) -> list[tuple[int, dict[str, list[str]]]]:
        """The rounds of a phase, each with the keys of every seat's calls."""
        return sorted((index, seats) for (name, index), seats in self.keys.items() if name == phase)

    def cost(self, seats: Mapping[str, Sequence[str]]) -> list[Usage]:
        """What each seat's calls cost."""
        asked = [[key for key in keys if key != NOT_ASKED] for keys in seats.values()]
        return [one_by_one(of_call(self.calls[key].completion) for key in keys) for keys in asked]


def verdict_of(held: Held, bench: Bench, target: Mapping[str, Any] | None) -> dict[str, Any]:
    """The record of the verdict. Raises `KeyError`, `TypeError` or `ValueError` where the ledger does not allow one."""
    answers = answers_of(held, target)
    name = target["model"] if target else held.case.get("target", "")
    models = [name, *(juror["model"] for kind in ("seats", "alternates") for juror in bench.jury["panel"][kind])]
    found = _found(held, bench, answers)
    return {
        **found,
        "case_id": held.case["id"],
        "case_hash": digest({"Case": held.case}),
        "jury_hash": bench.hash,
        "target": name,
        "answers": [answer["call"] for answer in answers if answer.get("call")],
        "usage": _usage(held),
        "rehearsal": any(model.startswith(REHEARSAL) for model in models),
    }


def answers_of(held: Held, target: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    """The recorded answers, or what the target said turn by turn."""
    if target is None:
        return list(held.case.get("answers", ()))
    return said_by_target(held)


def said_by_target(held: Held) -> list[Mapping[str, Any]]:
    """What the target said, turn by turn, as far as it was asked."""
    return [_answer(held, keys[-1]) for _, seats in held.asked("target") for keys in seats.values()]


def _answer(held: Held, key: str) -> dict[str, Any]:
    completion = held.calls[key].completion
    text = completion.get("text") or completion.get("refusal", "")
    if completion.get("error") is not None:
        return {"state": "invalid", "cause": completion["error"], "call": key}
    if not text.strip():
        return {"state": "invalid", "cause": {"kind": silence(completion), "detail": UNTOLD}, "call": key}
    return {"text": text, "call": key}


def _found(held: Held, bench: Bench, answers: list[Mapping[str, Any]]) -> dict[str, Any]:
    problem = next((answer["cause"] for answer in answers if answer.get("cause")), None)
    rounds = _rounds(held, bench, answers)
    if not rounds:
        # Nothing to judge, or a fault of the program or a case's end of time that no call can tell of.
        return {"outcome": {"state": "invalid", "cause": problem or {"kind": BROKEN_OFF, "detail": UNTOLD}}}
    return {"rounds": rounds, **_decided(held, bench, rounds)}


def _decided(held: Held, bench: Bench, rounds: list[dict[str, Any]]) -> dict[str, Any]:
    last = rounds[-1]["ballots"]
    reached = outcome(last, len(bench.seats), bench.jury)
    tie_break, reached = _tie_broken(held, bench, reached)
    choice = reached["choice"]
    return {
        "tie_break": tie_break,
        "outcome": reached,
        "before": outcome(rounds[0]["ballots"], len(bench.seats), bench.jury),
        "positive": None if choice is None else choice in positives(bench.rubric),
        "rating": mean([one["rating"] for one in last if one.get("rating") is not None]),
        "changed": _changed(rounds),
        "dissent": [_dissent(one) for one in last if choice and one.get("choice") not in {None, choice}],
        "summary": _summary(held, bench),
    }


def _rounds(held: Held, bench: Bench, answers: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    heard: Any = {}
    rounds = []
    for (kind, index), seats in sorted(held.keys.items(), key=lambda item: item[0][1]):
        if kind not in ROUNDS:
            continue
        if kind != "assessment" and not heard:
            heard = heard_by(bench.protocol["topology"], list(bench.seats), held.case, answers)
        ballots = [_ballot(held, bench, bench.seats[seat], seats[seat]) for seat in sorted(seats)]
        rounds.append(
            {"kind": kind, "index": index, "ballots": ballots, "heard": {} if kind == "assessment" else heard}
        )
    return rounds


def _ballot(held: Held, bench: Bench, chair: Chair, keys: list[str]) -> dict[str, Any]:
    if keys == [NOT_ASKED]:
        return {"seat": chair.id, "juror": chair.name, "state": "invalid", **UNASKED, "calls": []}
    said = ballot(held.calls[keys[-1]].completion, bench.rubric)
    return {"seat": chair.id, "juror": chair.name, **said, "calls": keys}


def _tie_broken(held: Held, bench: Bench, reached: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """The ballot that broke a tie, if one was cast, and the outcome with the tie broken."""
    by, choices = bench.rule["tie_break"], bench.rubric["choices"]
    if by == "positive":
        return None, with_tie_broken(reached, bench.rubric["positive"], by, choices)
    for _, seats in held.asked("tie_break"):
        for seat, keys in seats.items():
            chair = bench.alternate if by == "alternate" else bench.foreperson
            if chair is None or chair.id != seat:
                raise ValueError(f"seat {seat} may not break a tie")
            cast = _ballot(held, bench, chair, keys)
            return cast, with_tie_broken(reached, cast.get("choice"), by, choices)
    return None, reached


def _summary(held: Held, bench: Bench) -> dict[str, Any] | None:
    for _, seats in held.asked("summary"):
        for keys in seats.values():
            unasked = keys == [NOT_ASKED]
            answer = UNASKED if unasked else _answer(held, keys[-1])
            said = {"text": answer.get("text", ""), "cause": answer.get("cause")}
            return {"juror": bench.foreperson.name, **said, "calls": [] if unasked else keys}
    return None


def _changed(rounds: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The jurors whose last word is not their first, with the peers they had heard say it."""
    last = {one["seat"]: one for one in rounds[-1]["ballots"]}
    changed = []
    for first in rounds[0]["ballots"]:
        now = last.get(first["seat"], first)
        before, after = _word(first), _word(now)
        if None in {before, after} or before == after:
            continue
        told = _told_by(rounds, now["seat"], now.get("choice"))
        changed.append({"juror": now["juror"], "before": before, "after": after, "toward": told})
    return changed


def _word(one: Mapping[str, Any]) -> str | None:
    """The choice on a ballot, None where it is invalid."""
    return {"cast": one.get("choice"), "abstain": "abstain"}.get(one["state"])


def _told_by(rounds: list[dict[str, Any]], seat: str, choice: str | None) -> Any:
    names: set[str] = set()
    for at in range(1, len(rounds)):
        heard = rounds[at]["heard"]
        if heard is UNTOLD:
            return UNTOLD
        peers = (one for one in rounds[at - 1]["ballots"] if one["seat"] in heard.get(seat, ()))
        names.update(one["juror"] for one in peers if choice is not None and one.get("choice") == choice)
    return sorted(names)


def _dissent(one: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one.get(name) for name in ("juror", "choice", "rating", "reasoning")}


def _usage(held: Held) -> Usage:
    """Rounds one after another, the jurors of a round side by side."""
    spent = [
        side_by_side(held.cost(seats)) if phase in ROUNDS else one_by_one(held.cost(seats))
        for (phase, _), seats in held.keys.items()
    ]
    return one_by_one(spent)
