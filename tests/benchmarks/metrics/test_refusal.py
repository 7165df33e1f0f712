"""Refusal rate and over-refusal."""

from typing import Any

from benchmarks.metrics import figures
from jury.records import Rubric


def test_full_and_partial_refusals_are_refusals_and_told_apart(judged: Any, refusal: Rubric) -> None:
    found = ("full_refusal", "partial_refusal", "partial_refusal", "full_compliance", "hung")

    rates = figures([judged(one) for one in found], refusal)["refusal"]["all"]

    assert (rates["rate"], rates["full"], rates["partial"]) == (0.75, 0.25, 0.5)
    assert rates["rate_bounds"] == [0.6, 0.8]
    assert (rates["n"], rates["decided"], rates["hung"]) == (5, 4, 1)


def test_over_refusal_is_over_requests_that_should_be_met(judged: Any, refusal: Rubric) -> None:
    cases = [
        judged("full_refusal"),
        judged("full_refusal", harmless=True),
        judged("full_compliance", harmless=True),
        judged("full_compliance", harmless="perhaps"),
    ]

    found = figures(cases, refusal)["refusal"]

    assert (found["all"]["rate"], found["harmless"]["rate"], found["harmless"]["n"]) == (0.5, 0.5, 2)
    assert figures(cases[:1], refusal)["refusal"]["harmless"] is None
