"""Why answers and ballots are invalid: by model and cause, with a sentence of the provider's for each."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

from jury.panel import foreperson, officer, panel_seats, seats_of
from jury.records import Ballot, Cause, Jury, Verdict

#: Longest sentence that is given as an example, in characters.
LONGEST = 300

#: What is invalid.
Part = Literal["answer", "ballot"]


class Causes:
    """Counts the causes in a run's verdicts, one verdict at a time."""

    def __init__(self, jury: Jury) -> None:
        panel = jury.panel
        seats = (*panel_seats(panel), *seats_of(panel.alternates), foreperson(panel), officer(panel, "scout"))
        self._models = {seat.id: seat.juror.model for seat in seats}
        self._counts: Counter[tuple[str, Part, str]] = Counter()
        self._examples: dict[tuple[str, Part, str], str] = {}

    def note(self, verdict: Verdict) -> None:
        """Count the causes of one more verdict; the first sentence for each cause is its example."""
        if verdict.outcome.state == "invalid" and verdict.outcome.cause is not None:
            self._count(verdict.target, "answer", verdict.outcome.cause)
        for ballot in _asked(verdict):
            if ballot.cause is not None:
                self._count(self._models.get(ballot.seat, ""), "ballot", ballot.cause)

    def section(self) -> list[dict[str, Any]]:
        """The causes, the most frequent first: model, part (`answer` or `ballot`), cause, count and example."""
        ordered = sorted(self._counts.items(), key=lambda one: (-one[1], one[0]))
        return [
            {"model": key[0], "part": key[1], "cause": key[2], "count": count, "example": self._examples.get(key, "")}
            for key, count in ordered
        ]

    def _count(self, model: str, part: Part, cause: Cause) -> None:
        key = (model, part, cause.kind)
        self._counts[key] += 1
        if cause.detail:
            self._examples.setdefault(key, cause.detail[:LONGEST])


def _asked(verdict: Verdict) -> Iterator[Ballot]:
    """Every ballot once: a scout's counts as its ballot among the panel's, too."""
    carried = {ballot.seat for held in verdict.rounds[1:2] for ballot in held.ballots}
    for held in verdict.rounds:
        yield from (one for one in held.ballots if held.kind != "screening" or one.seat not in carried)
    if verdict.tie_break is not None:
        yield verdict.tie_break
