"""A case's verdict, derived again from the calls that its trials name."""

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.verify.ballots import NOT_ASKED, UNASKED, UNTOLD
from benchmarks.verify.course import is_sure
from benchmarks.verify.decisions import mean, outcome, with_tie_broken
from benchmarks.verify.documents import case_digests
from benchmarks.verify.exhibits import filed
from benchmarks.verify.held import Held, answer_of, given_to
from benchmarks.verify.juries import Bench, positives
from benchmarks.verify.rounds import CLERK, ROUNDS, ballot_of, first_of, in_turn, rounds_of, shown_to
from benchmarks.verify.usage import Usage, one_by_one, side_by_side

#: Why a case may have ended without a round, where no answer says so.
BROKEN_OFF = frozenset({"error", "timeout"})


def broken_off(case: Mapping[str, Any]) -> frozenset[str]:
    """Why nothing was asked or said, where no call tells: a case with exhibits may not have been asked for their sake."""
    return BROKEN_OFF | {"exhibit"} if filed(case) else BROKEN_OFF


#: Scripted models: whatever they take part in is labelled.
REHEARSAL = "rehearsal/"


def verdict_of(held: Held, bench: Bench, target: Mapping[str, Any] | None, blocked: str = "refused") -> dict[str, Any]:
    """The record of the verdict; `blocked` is how a blocked answer counts. Raises `KeyError`, `TypeError` or `ValueError` where the ledger does not allow one."""
    answers = answers_of(held, target)
    name = target["model"] if target else held.case.get("target", "")
    panel = bench.jury["panel"]
    jurors = (*panel["seats"], *panel["alternates"], *panel.get("officers", {}).values())
    models = [name, *(juror["model"] for juror in jurors)]
    found = _found(held, bench, answers, blocked)
    return {
        **found,
        "case_id": held.case["id"],
        "case_hash": case_digests(held.case),
        "jury_hash": bench.hash,
        "target": name,
        "answers": [answer["call"] for answer in answers if answer.get("call")],
        "exhibits": given_to(held, target),
        "usage": _usage(held, bench),
        "rehearsal": any(model.startswith(REHEARSAL) for model in models),
        "ended": _ended(answers),
    }


def _ended(answers: Sequence[Mapping[str, Any]]) -> str:
    """Why an answer is not whole."""
    given = [answer for answer in answers if answer.get("state", "given") == "given"]
    if any(answer.get("filtered") for answer in given):
        return "filtered"
    return "cut_off" if any(answer.get("cut_off") for answer in given) else ""


def answers_of(held: Held, target: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    """The recorded answers, or what the target said turn by turn."""
    if target is None:
        return list(held.case.get("answers", ()))
    return said_by_target(held)


def said_by_target(held: Held) -> list[Mapping[str, Any]]:
    """What the target said, turn by turn, as far as it was asked."""
    return [answer_of(held, keys[-1]) for _, seats in held.asked("target") for keys in seats.values()]


def _found(held: Held, bench: Bench, answers: list[Mapping[str, Any]], blocked: str) -> dict[str, Any]:
    failed = (answer["cause"] for answer in answers if answer.get("state") == "invalid")
    problem = held.case.get("problem") or next(failed, None)
    rounds = rounds_of(held, bench, answers)
    if not rounds and not problem and answers and answers[0].get("state") == "blocked":
        return _blocked(answers[0], bench.rubric, blocked)
    if not rounds:
        # Nothing to judge, or a fault of the program or a case's end of time that no call can tell of.
        return {"outcome": {"state": "invalid", "cause": problem or {"kind": broken_off(held.case), "detail": UNTOLD}}}
    return {"rounds": rounds, **_decided(held, bench, rounds)}


def _blocked(answer: Mapping[str, Any], rubric: Mapping[str, Any], policy: str) -> dict[str, Any]:
    """A case that no juror was asked about, since a provider's filter left no answer."""
    reason = {"cause": answer["cause"], "blocked": answer["filtered"]}
    if policy != "refused":
        return {"outcome": {"state": {"apart": "blocked"}.get(policy, policy), **reason}}
    safe = [choice for choice in rubric["choices"] if choice not in positives(rubric)]
    choice = "full_refusal" if "full_refusal" in rubric["choices"] else safe[0]
    scale = rubric["rating"]
    return {
        "outcome": {"state": "decided", "choice": choice, "decided_by": "blocked", **reason},
        "positive": choice in positives(rubric),
        "rating": scale and float(scale[scale["best"]]),
    }


def _decided(held: Held, bench: Bench, rounds: list[dict[str, Any]]) -> dict[str, Any]:
    last = rounds[-1]["ballots"]
    reached = _outcome(rounds[-1], bench)
    tie_break, reached = _tie_broken(held, bench, reached)
    choice = reached["choice"]
    return {
        "tie_break": tie_break,
        "outcome": reached,
        "before": _outcome(first_of(rounds), bench),
        "positive": None if choice is None else choice in positives(bench.rubric),
        "rating": mean([one["rating"] for one in last if one.get("rating") is not None]),
        "changed": _changed(rounds),
        "dissent": [_dissent(one) for one in last if choice and one.get("choice") not in {None, choice}],
        "summary": _summary(held, bench),
    }


def _outcome(one: Mapping[str, Any], bench: Bench) -> dict[str, Any]:
    """What a round's ballots amount to; of a screening, the scout's choice if it is sure enough."""
    if one["kind"] != "screening":
        return outcome(one["ballots"], len(bench.seats), bench.jury)
    alone = outcome(one["ballots"], 1, {**bench.jury, "rule": {**bench.rule, "name": "strict_majority", "args": {}}})
    if is_sure(one, bench):
        return {**alone, "decided_by": "screening"}
    return {**alone, "state": "hung", "choice": None, "decided_by": ""}


def _tie_broken(held: Held, bench: Bench, reached: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """The ballot that broke a tie, if one was cast, and the outcome with the tie broken."""
    by, choices = bench.rule["tie_break"], bench.rubric["choices"]
    if by == "positive":
        return None, with_tie_broken(reached, bench.rubric["positive"], by, choices)
    for index, seats in held.asked("tie_break"):
        for seat, keys in seats.items():
            chair = bench.alternate if by == "alternate" else bench.foreperson
            if chair is None or chair.id != seat:
                raise ValueError(f"seat {seat} may not break a tie")
            cast = ballot_of(held, bench, chair, keys, index)
            return cast, with_tie_broken(reached, cast.get("choice"), by, choices)
    return None, reached


def _summary(held: Held, bench: Bench) -> dict[str, Any] | None:
    for _, seats in held.asked("summary"):
        for keys in seats.values():
            unasked = keys == [NOT_ASKED]
            answer = UNASKED if unasked else answer_of(held, keys[-1])
            said = {"text": answer.get("text", ""), "cause": answer.get("cause")}
            return {"juror": bench.foreperson.name, **said, "calls": [] if unasked else keys}
    return None


def _changed(rounds: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The jurors whose last word is not their first, with the peers they had heard say it."""
    last = {one["seat"]: one for one in rounds[-1]["ballots"]}
    changed = []
    for first in first_of(rounds)["ballots"]:
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
        shown = shown_to(rounds, at, seat)
        if shown is UNTOLD:
            return UNTOLD
        names.update(one["juror"] for one in shown if choice is not None and one.get("choice") == choice)
    return sorted(names)


def _dissent(one: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one.get(name) for name in ("juror", "choice", "rating", "reasoning")}


def _usage(held: Held, bench: Bench) -> Usage:
    """Rounds one after another, the jurors of a round side by side or in turn; a scout's ballot counts once."""
    spent = []
    for (phase, index), seats in held.keys.items():
        if phase == CLERK:
            continue  # what a clerk cost is the run's, since verdicts share it
        scouted = held.keys.get(("screening", index - 1), {}) if phase == "assessment" else {}
        asked = {seat: keys for seat, keys in seats.items() if seat not in scouted}
        together = side_by_side if phase in ROUNDS and not in_turn(phase, bench) else one_by_one
        spent.append(together(held.cost(asked)))
    return one_by_one(spent)
