"""How much was shown to whom in a run, counted again."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from benchmarks.verify.exhibits import filed, hindrance
from benchmarks.verify.juries import Bench

_NAMES = {"image": "images", "audio": "clips"}
_STATES = ("shown", "words", "withheld", "unrecorded")
_HINDERED = frozenset({"words", "withheld"})

#: A case, what its target was shown, and its ballots with the model that cast each.
Told = tuple[Mapping[str, Any], Sequence[Mapping[str, Any]], Sequence[tuple[str, Mapping[str, Any]]]]


def of_verdicts(
    verdicts: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]], bench: Bench, manifest: Mapping[str, Any]
) -> dict[str, Any] | None:
    """The counts of (case, verdict) pairs; None where no case has an exhibit with a file."""
    models = {chair.name: chair.model for chair in (bench.scout, *bench.seats.values())}
    told = [
        (case, verdict.get("exhibits", ()), [(models[one["juror"]], one) for one in _ballots(verdict)])
        for case, verdict in verdicts
    ]
    return _section(told, manifest)


def of_answers(
    answers: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]], manifest: Mapping[str, Any]
) -> dict[str, Any] | None:
    """The counts of (case, answers) pairs."""
    return _section([(case, answered.get("exhibits", ()), ()) for case, answered in answers], manifest)


def _ballots(verdict: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [one for held in verdict.get("rounds", ()) for one in held["ballots"]]


def _section(everything: Sequence[Told], manifest: Mapping[str, Any]) -> dict[str, Any] | None:
    told = [one for one in everything if filed(one[0])]
    if not told:
        return None
    policy = manifest["showing"].get("missing_exhibits", "skip")
    hindered = Counter(why for _, exhibits, _ in told if (why := _first_hindrance(exhibits)))
    none = {"cases": 0, "reasons": {}}
    found = {"cases": hindered.total(), "reasons": dict(hindered)}
    voted = [(case, model, one) for case, _, ballots in told for model, one in ballots if one["state"] != "invalid"]
    live = [(model, one) for _, model, one in voted if not model.startswith("recorded/")]
    spoiled = [case for case, _, ballots in told if ballots and _spoiled(case)]
    return {
        "policy": policy,
        "cases": len(told),
        **_files([case for case, _, _ in told]),
        "unanswered": none if policy == "ask" else found,
        "asked_without": found if policy == "ask" else none,
        "answers_without": 0 if manifest["target"] else len(spoiled),
        "ballots": len(live),
        "ballots_without": sum(_first_hindrance(one.get("exhibits", ())) is not None for _, one in live),
        "recorded_without": len(voted) - len(live) and sum(
            model.startswith("recorded/") and _spoiled(case) for case, model, _ in voted
        ),
        "shown": {
            "target": _by_kind([one for _, exhibits, _ in told for one in exhibits]),
            "jurors": {
                name: _by_kind([one for model, cast in live if model == name for one in cast.get("exhibits", ())])
                for name in sorted({model for model, cast in live if cast.get("exhibits")})
            },
        },
    }  # fmt: skip


def _files(cases: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    parts = [(kind, hindrance(part)) for case in cases for kind, _, part in filed(case)]
    return {
        name: {
            "files": sum(of == kind for of, _ in parts),
            "unusable": dict(Counter(why for of, why in parts if of == kind and why)),
        }
        for kind, name in _NAMES.items()
        if any(of == kind for of, _ in parts)
    }


def _spoiled(case: Mapping[str, Any]) -> bool:
    """Whether a file of the case can't be shown to anybody."""
    return any(hindrance(part) for _, _, part in filed(case))


def _first_hindrance(exhibits: Sequence[Mapping[str, Any]]) -> Any:
    return next((one.get("reason") for one in exhibits if one.get("state") in _HINDERED), None)


def _by_kind(exhibits: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    states = Counter((one["kind"], one.get("state", "shown")) for one in exhibits)
    return {
        kind: {state: states[kind, state] for state in _STATES}
        for kind in _NAMES
        if any(of == kind for of, _ in states)
    }
