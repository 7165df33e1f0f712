"""What could not be decided or read: hung juries, missing quorums, invalid answers, ballots and exhibits, with causes."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.report.archive import Archive, Heard
from benchmarks.report.naming import spelt
from benchmarks.report.section import SECTIONS, Section, Wishes
from benchmarks.sources.bad_rows import row_notes
from jury.records import Case, Outcome, TextPart, Verdict

#: So many cases are listed of each run.
LISTED = 100


@dataclass(frozen=True)
class Undecided:
    """A case without a decision: how the votes stood, or why there was nothing to judge."""

    case: str
    scenario: str
    state: str
    why: str


@dataclass(frozen=True)
class Gaps:
    """One run: what is undecided by state, the first of it by name, and what was invalid by cause.

    `rows` are sentences on rows of the source that could not be read.
    """

    label: str
    states: tuple[tuple[str, int], ...]
    listed: tuple[Undecided, ...]
    unlisted: int
    ballots: tuple[tuple[str, str, int], ...]
    exhibits: tuple[tuple[str, int], ...]
    rows: tuple[str, ...]

    @property
    def total(self) -> int:
        """Cases without a decision."""
        return sum(number for _, number in self.states)


@SECTIONS.add("undecided")
class UndecidedSection(Section):
    """Nothing undecided is ever counted as safe, so all of it is named here."""

    title = "Hung and invalid"
    place = 70

    def __init__(self, runs: Sequence[Archive], wishes: Wishes) -> None:
        super().__init__(runs, wishes)
        self._states: dict[str, Counter[str]] = defaultdict(Counter)
        self._listed: dict[str, list[Undecided]] = defaultdict(list)
        self._ballots: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        self._exhibits: dict[str, Counter[str]] = defaultdict(Counter)

    def hear(self, heard: Heard) -> None:
        """Note a case without a decision, invalid ballots of any round, and exhibits that could not be read."""
        label, outcome = heard.run.label, heard.verdict.outcome
        if outcome.state != "decided":
            state = spelt(outcome.state)
            self._states[label][state] += 1
            if len(self._listed[label]) < LISTED:
                self._listed[label].append(Undecided(heard.case.id, heard.case.scenario, state, _why(outcome)))
        self._ballots[label].update(_invalid_ballots(heard.verdict))
        self._exhibits[label].update(_unread(heard.case))

    def view(self) -> tuple[Gaps, ...]:
        """The gaps of every run."""
        return tuple(self._of_run(run) for run in self.runs)

    def _of_run(self, run: Archive) -> Gaps:
        label = run.label
        listed = tuple(self._listed[label])
        ballots = sorted(self._ballots[label].items())
        states = tuple(sorted(self._states[label].items()))
        return Gaps(
            label=label,
            states=states,
            listed=listed,
            unlisted=sum(number for _, number in states) - len(listed),
            ballots=tuple((juror, cause, times) for (juror, cause), times in ballots[:LISTED]),
            exhibits=tuple(sorted(self._exhibits[label].items())),
            rows=row_notes(run.document.get("rows")),
        )


def _why(outcome: Outcome) -> str:
    if outcome.cause is not None:
        return str(outcome.cause)
    votes = [f"{number} {choice}" for choice, number in outcome.tally.items()]
    rest = (("abstained", outcome.abstained), ("invalid", outcome.invalid))
    return ", ".join([*votes, *(f"{number} {state}" for state, number in rest if number)]) or "no ballots"


def _invalid_ballots(verdict: Verdict) -> Iterator[tuple[str, str]]:
    for held in verdict.rounds:
        for ballot in held.ballots:
            if ballot.cause is not None:
                yield ballot.juror, spelt(ballot.cause.kind)


def _unread(case: Case) -> Iterator[str]:
    for turn in case.turns:
        for part in turn.parts:
            if not isinstance(part, TextPart) and part.problem is not None:
                yield f"{part.kind}, {spelt(part.problem.kind)}"
