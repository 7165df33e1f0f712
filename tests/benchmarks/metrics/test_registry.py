"""A metric of one's own: one function under a name, and its section is in the results."""

from collections.abc import Sequence
from typing import Any

from benchmarks.metrics import METRICS, Draw, Judged, figures, metric
from jury.records import Rubric


def test_a_registered_metric_is_a_section_and_one_that_does_not_apply_is_none(
    judged: Any, safebench: Rubric, monkeypatch: Any
) -> None:
    monkeypatch.setattr(METRICS, "_entries", dict(METRICS._entries))

    @metric("margins")
    def margins(cases: Sequence[Judged], rubric: Rubric, draw: Draw) -> dict[str, Any] | None:
        return {"widest": max(one.verdict.outcome.margin for one in cases)} if cases else None

    assert figures([judged("safe")], safebench)["margins"] == {"widest": 0.0}
    assert "margins" not in figures([], safebench)
