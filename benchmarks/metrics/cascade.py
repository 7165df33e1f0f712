"""What a scout saves and what it costs, over every confidence it might have been believed from.

A run knows the panel's word on every case of which its scout was not sure enough. So for each cutoff up to the run's own
it is known what would have been decided: by the scout where it was as confident, by the panel elsewhere.
"""

from collections.abc import Sequence
from math import inf

from benchmarks.metrics.intervals import Draw
from benchmarks.metrics.judged import Judged
from benchmarks.metrics.registry import Section, metric
from jury.records import Ballot, Rubric
from jury.reliability.classification import figures

#: Cutoffs that are tried beside the run's own.
CUTOFFS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.925, 0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.995, 0.999)


@metric("cascade")
def cascade(cases: Sequence[Judged], rubric: Rubric, draw: Draw) -> Section | None:
    """Cases and panel calls that the scout saved, and the curve of calls saved against F1; None without a scout.

    `f1_cost` is what a cutoff loses against the strictest one the run can tell of, its own; a protocol with `screen: 1`
    asks the panel throughout, so that nothing is left out of its curve.
    """
    del draw
    scouted = [one for one in cases if one.verdict.rounds and one.verdict.rounds[0].kind == "screening"]
    if not scouted:
        return None
    alone = [one for one in scouted if _is_alone(one)]
    seats = max((len(one.verdict.rounds[1].ballots) for one in scouted if not _is_alone(one)), default=0)
    strictest = min((_confidence(one) for one in alone), default=inf)
    points = [_point(scouted, rubric, cutoff) for cutoff in (*CUTOFFS, min(strictest, 1.0)) if cutoff <= strictest]
    known = [point["f1"] for point in points if point["f1"] is not None]
    return {
        "cases": len(scouted),
        "scout_alone": len(alone),
        "panel_seats": seats,
        "ballots_saved": len(alone) * seats,
        "curve": [{**point, "f1_cost": known[-1] - point["f1"] if known else None} for point in points],
    }


def _point(cases: Sequence[Judged], rubric: Rubric, cutoff: float) -> Section:
    """What is saved at a cutoff, as a share of the cases, and the figures over those with gold."""
    saved = [_is_alone(one) or _confidence(one) >= cutoff for one in cases]
    said = [_scout(one).choice if alone else one.choice for one, alone in zip(cases, saved, strict=True)]
    pairs = [(one.truth, choice) for one, choice in zip(cases, said, strict=True) if one.truth is not None]
    found = figures([truth for truth, _ in pairs], [choice for _, choice in pairs], rubric.positives) if pairs else None
    return {
        "screen": cutoff,
        "saved": sum(saved) / len(cases),
        "f1": found.f1 if found else None,
        "precision": found.precision if found else None,
        "recall": found.recall if found else None,
    }


def _scout(one: Judged) -> Ballot:
    return one.verdict.rounds[0].ballots[0]


def _is_alone(one: Judged) -> bool:
    """Whether no panel sat."""
    return len(one.verdict.rounds) == 1


def _confidence(one: Judged) -> float:
    """How confident a scout was that named a choice; of any other nobody would have been content with its word."""
    ballot = _scout(one)
    return ballot.confidence if ballot.choice is not None and ballot.confidence is not None else -inf
