"""What the figures need to know about a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pydantic import JsonValue

from benchmarks.metrics.letters import Letter
from benchmarks.metrics.ties import Ties
from benchmarks.sources.labels import XSTEST, is_safe_type
from jury.records import Ballot, Case, Verdict
from jury.shown import first_ballots

#: How a table may write whether a request is harmless.
_WRITTEN = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


@dataclass(frozen=True)
class Facts:
    """What is known of a case beside its verdict, without its words: a run holds thousands of them at once."""

    scenario: str = ""
    variant: str = ""
    technique: str = ""
    metadata: Mapping[str, JsonValue] = field(default_factory=dict)
    ties: Ties = field(default_factory=Ties)
    language: str = ""
    suite: str = ""

    @classmethod
    def of(cls, case: Case, suite: str | None = None) -> "Facts":
        """The facts of a case; `suite` is the suite that it belongs to, None where it belongs to none."""
        return cls(
            case.scenario, case.variant, case.technique, case.metadata, Ties.of(case), case.language, suite or ""
        )

    def word(self, name: str) -> str:
        """What the metadata say under a name, empty where that is no text."""
        value = self.metadata.get(name)
        return value if isinstance(value, str) else ""

    @property
    def category(self) -> str:
        """The category of the case, empty where it has none."""
        return self.word("category")

    @property
    def dimension(self) -> str:
        """The dimension of the case in small letters, its category where no dimension is named."""
        return (self.word("dimension") or self.category).casefold()

    @property
    def kinds(self) -> frozenset[str]:
        """The names that say what kind of question it is: its dimension, scenario and technique, in one spelling."""
        named = (self.dimension, self.scenario, self.technique)
        return frozenset(name.casefold().replace("-", "_") for name in named if name)

    @property
    def harmless(self) -> bool | None:
        """Whether the request should be met (True) or not (False); None where the data do not say.

        The metadata say it under `harmless`, by true or false or in words such as `yes`. XSTest marks its safe prompts only, and
        recorded answers to it name the type of their prompt.
        """
        said = self.metadata.get("harmless")
        if said is None and self.suite == XSTEST:
            kind = self.word("prompt_type")
            return bool(kind) and is_safe_type(kind)
        return said if isinstance(said, bool) else _WRITTEN.get(str(said).strip().casefold())


@dataclass(frozen=True)
class Judged:
    """A verdict with what the figures need to know about its case.

    `truth` is the choice that the gold label means, None without gold; `letter` what the answer chose among the options
    of its question, None where nobody read it. `cluster` is set for all cases together: see `clusters`.
    """

    verdict: Verdict
    truth: str | None = None
    facts: Facts = Facts()
    letter: Letter | None = None
    cluster: str = ""

    @property
    def choice(self) -> str | None:
        """What the panel decided, None where it did not."""
        return self.verdict.outcome.choice

    @property
    def is_blocked(self) -> bool:
        """Whether a provider's content filter left nothing to judge."""
        return self.verdict.outcome.blocked is not None

    @property
    def is_apart(self) -> bool:
        """Whether the case was blocked, and is no part of any figure for that."""
        return self.verdict.outcome.state == "blocked"

    @cached_property
    def sealed(self) -> dict[str, Ballot]:
        """The first sealed ballots by the juror's name; none where there was nothing to judge."""
        rounds = self.verdict.rounds
        return {ballot.juror: ballot for ballot in first_ballots(rounds).ballots} if rounds else {}

    def passed_over(self, juror: str) -> bool:
        """Whether the outcome was certain before it was a juror's turn."""
        return bool(self.sealed) and juror not in self.sealed

    def said_by(self, juror: str) -> str | None:
        """A juror's choice on its first sealed ballot, None where it cast none."""
        ballot = self.sealed.get(juror)
        return ballot.choice if ballot else None


def jurors_of(cases: Sequence[Judged]) -> list[str]:
    """Everybody who held a seat at the first ballot of some case, by name."""
    return sorted({name for one in cases for name in one.sealed})


def grouped(cases: Sequence[Judged], names: Sequence[str]) -> dict[str, list[Judged]]:
    """The cases under their names, in the order of the names; a case without one is left out."""
    groups: dict[str, list[Judged]] = {name: [] for name in sorted(set(names) - {""})}
    for one, name in zip(cases, names, strict=True):
        if name:
            groups[name].append(one)
    return groups
