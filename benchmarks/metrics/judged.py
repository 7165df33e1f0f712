"""What the figures need to know about a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from jury.records import Ballot, Verdict


@dataclass(frozen=True)
class Judged:
    """A verdict with what the figures need to know about its case.

    `truth` is the choice that the gold label means, None without gold; `group` names the cluster of the case.
    """

    verdict: Verdict
    truth: str | None = None
    group: str = ""
    scenario: str = ""

    @property
    def cluster(self) -> str:
        """The name under which the case is drawn in a bootstrap."""
        return self.group or self.verdict.case_id

    @property
    def choice(self) -> str | None:
        """What the panel decided, None where it did not."""
        return self.verdict.outcome.choice

    @cached_property
    def sealed(self) -> dict[str, Ballot]:
        """The first sealed ballots by the juror's name; none where there was nothing to judge."""
        rounds = self.verdict.rounds
        return {ballot.juror: ballot for ballot in rounds[0].ballots} if rounds else {}

    def said_by(self, juror: str) -> str | None:
        """A juror's choice on its first sealed ballot, None where it cast none."""
        ballot = self.sealed.get(juror)
        return ballot.choice if ballot else None


def jurors_of(cases: Sequence[Judged]) -> list[str]:
    """Everybody who held a seat at the first ballot of some case, by name."""
    return sorted({name for one in cases for name in one.sealed})
