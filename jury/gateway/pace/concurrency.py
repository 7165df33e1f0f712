"""How many calls to one model run at once: a pure function from what happened to what is allowed next.

Slow start, then gentle growth, and a cut when the provider says so: additive increase, multiplicative decrease, as in
TCP's congestion control (Jacobson, "Congestion avoidance and control", SIGCOMM 1988).
"""

from dataclasses import dataclass, replace
from math import inf
from typing import Literal

#: What became of one try: an answer, "too many requests", a failing server, or something that says nothing about load.
Outcome = Literal["answered", "throttled", "failing", "neutral"]


@dataclass(frozen=True)
class Growth:
    """The bounds of a pace: calls at once to begin with and at most; seconds after a setback without another change."""

    cap: int
    start: int = 4
    cooldown: float = 10.0


@dataclass(frozen=True)
class Pace:
    """How many calls may run at once, and what the next change depends on.

    `doubling` is slow start; `answered` counts answers since the last change; the times are those of the last cut and
    of the last setback of any kind, in seconds of a monotonic clock.
    """

    limit: int
    doubling: bool = True
    answered: int = 0
    cut_at: float = -inf
    setback_at: float = -inf


def first_pace(growth: Growth) -> Pace:
    """The pace before anything has happened."""
    return Pace(limit=max(1, min(growth.start, growth.cap)))


def paced(pace: Pace, outcome: Outcome, now: float, growth: Growth) -> Pace:
    """The pace after one more outcome; its limit stays within 1 and the cap."""
    if outcome == "answered":
        return _after_answer(pace, now, growth)
    if outcome == "throttled":
        return _after_throttling(pace, now, growth)
    if outcome == "failing":
        return replace(pace, doubling=False, answered=0, setback_at=now)
    return pace


def _after_answer(pace: Pace, now: float, growth: Growth) -> Pace:
    """A window is as many answers as may run at once; it ends with twice the limit in slow start, else with one more."""
    if now < pace.setback_at + growth.cooldown or pace.limit >= growth.cap:
        return pace
    if pace.answered + 1 < pace.limit:
        return replace(pace, answered=pace.answered + 1)
    grown = pace.limit * 2 if pace.doubling else pace.limit + 1
    return replace(pace, limit=min(grown, growth.cap), answered=0)


def _after_throttling(pace: Pace, now: float, growth: Growth) -> Pace:
    """Half the limit, once per cooldown: calls that left before the cut say nothing new."""
    if now < pace.cut_at + growth.cooldown:
        return replace(pace, answered=0)
    return Pace(limit=max(1, pace.limit // 2), doubling=False, cut_at=now, setback_at=now)
