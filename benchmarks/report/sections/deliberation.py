"""What deliberation changed: outcomes before and after, and whose minds."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.report.archive import Archive, Heard
from benchmarks.report.naming import spelt
from benchmarks.report.section import SECTIONS, Section, Wishes
from jury.records import Outcome
from jury.shown import was_argued

#: So many jurors are listed at the most.
MOVERS = 24


@dataclass(frozen=True)
class Mover:
    """A juror who changed its mind on some cases, on some of them toward a peer it had heard."""

    name: str
    changed: int
    followed: int


@dataclass(frozen=True)
class Deliberation:
    """One run: `table` counts cases by outcome of the first ballots (rows) and of the last (columns).

    `flipped` are other decisions, `resolved` decisions that were none, `unsettled` such as are none any more.
    """

    label: str
    cases: int
    changed: int
    flipped: int
    resolved: int
    unsettled: int
    columns: tuple[str, ...]
    table: tuple[tuple[str, tuple[int, ...]], ...]
    movers: tuple[Mover, ...]


@SECTIONS.add("deliberation")
class DeliberationSection(Section):
    """How outcomes and minds moved between the first sealed ballots and the last ones."""

    title = "What deliberation changed"
    place = 60

    def __init__(self, runs: Sequence[Archive], wishes: Wishes) -> None:
        super().__init__(runs, wishes)
        self._turns: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        self._changed: dict[str, Counter[str]] = defaultdict(Counter)
        self._followed: dict[str, Counter[str]] = defaultdict(Counter)

    def hear(self, heard: Heard) -> None:
        """Note the outcome before and after, and who moved."""
        label, verdict = heard.run.label, heard.verdict
        if verdict.before is not None and was_argued(verdict.rounds):
            self._turns[label][_end(verdict.before), _end(verdict.outcome)] += 1
        for moved in verdict.changed:
            self._changed[label][moved.juror] += 1
            self._followed[label][moved.juror] += bool(moved.toward)

    def view(self) -> tuple[Deliberation, ...]:
        """What changed in every run in which there was deliberation."""
        return tuple(self._of_run(run) for run in self.runs if self._turns[run.label])

    def _of_run(self, run: Archive) -> Deliberation:
        turns, counts = self._turns[run.label], run.document["counts"]
        ends = _ordered({end for turn in turns for end in turn}, run.jury.rubric.choices)
        return Deliberation(
            label=run.label,
            cases=turns.total(),
            changed=counts.get("changed", 0),
            flipped=counts.get("flipped", 0),
            resolved=counts.get("resolved", 0),
            unsettled=counts.get("unsettled", 0),
            columns=ends,
            table=tuple((before, tuple(turns[before, after] for after in ends)) for before in ends),
            movers=_movers(self._changed[run.label], self._followed[run.label]),
        )


def _end(outcome: Outcome) -> str:
    return outcome.choice or spelt(outcome.state)


def _ordered(ends: set[str], choices: Sequence[str]) -> tuple[str, ...]:
    return (*(choice for choice in choices if choice in ends), *sorted(ends - set(choices)))


def _movers(changed: Mapping[str, int], followed: Mapping[str, int]) -> tuple[Mover, ...]:
    ordered = sorted(changed, key=lambda name: (-changed[name], name))
    return tuple(Mover(name, changed[name], followed[name]) for name in ordered[:MOVERS])
