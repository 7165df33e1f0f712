"""Figures of anybody's choices against the truth, as flat as those of a run."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from benchmarks.lab.recording import Recording
from jury.records import Outcome
from jury.reliability.bootstrap import RESAMPLES, Floats
from jury.reliability.classification import bagged_rates, figures, resampled_rates
from jury.stats.classification import describe_figures
from jury.stats.means import estimate_mean

Figures = dict[str, Any]

#: Figures of a positive class: without one they are None.
_OF_A_CLASS = ("precision", "recall", "f1")


@dataclass(frozen=True)
class Choices:
    """What somebody chose, item by item; None where nothing was decided. `tied` are items on which several choices led."""

    by_item: Mapping[str, str | None]
    tied: frozenset[str] = frozenset()
    states: Mapping[str, int] | None = None

    @classmethod
    def of(cls, outcomes: Mapping[str, Outcome]) -> "Choices":
        """The choices of some outcomes."""
        states = {
            state: sum(outcome.state == state for outcome in outcomes.values())
            for state in ("decided", "hung", "no_quorum")
        }
        tied = frozenset(item for item, outcome in outcomes.items() if _is_tie(outcome))
        return cls({item: outcome.choice for item, outcome in outcomes.items()}, tied, states)


@dataclass(frozen=True)
class Scorer:
    """Scores choices on a recording. With `ties_half` a tie is half right in accuracy; else it is wrong."""

    recording: Recording
    ties_half: bool = False
    resamples: int = RESAMPLES
    seed: int = 0

    @property
    def measure(self) -> str:
        """What choices are compared by: F1 of the positive class, accuracy where there is none."""
        return "f1" if self.recording.positive is not None else "accuracy"

    def figures(self, choices: Choices) -> Figures:
        """Every figure with its interval, by group, and what was left undecided."""
        truth, said = self.recording.truth, self._said(choices)
        positives, groups = self.recording.rubric.positives, self.recording.clusters
        found: Figures = describe_figures(truth, said, positives, groups)
        if self.ties_half:
            found |= self._accuracy(choices)
        if self.recording.positive is None:
            found |= {name: None for figure in _OF_A_CLASS for name in (figure, f"{figure}_ci")}
        return {
            **found,
            "undecided": sum(one is None for one in said),
            "ties": len(choices.tied),
            **(choices.states or {}),
        }

    def value(self, choices: Choices) -> float:
        """The one figure that choices are compared by; 0 where it is undefined."""
        return float(self.figures_alone(choices)[self.measure] or 0.0)

    def figures_alone(self, choices: Choices) -> Figures:
        """The figures without intervals."""
        found = asdict(figures(self.recording.truth, self._said(choices), self.recording.rubric.positives))
        return found | ({"accuracy": float(np.mean(self._credits(choices)))} if self.ties_half else {})

    def gain(self, first: Choices, second: Choices) -> tuple[float, float]:
        """How much more the second is worth than the first by the measure, and the standard error, paired by group."""
        difference = self.value(second) - self.value(first)
        groups = self.recording.clusters
        if len(set(groups)) < 2:
            return difference, float("inf")
        drawn = [self._resampled(choices) for choices in (first, second)]
        return difference, float(np.std(drawn[1] - drawn[0], ddof=1))

    def bagged(self, choices: Choices) -> tuple[Floats, Floats]:
        """The measure in every resample of the groups, and on the groups that the resample left out."""
        within, without = bagged_rates(
            self.recording.truth,
            self._said(choices),
            self.recording.rubric.positives,
            self.recording.clusters,
            resamples=self.resamples,
            seed=self.seed,
        )
        return within[self.measure], without[self.measure]

    def _resampled(self, choices: Choices) -> Any:
        rates = resampled_rates(
            self.recording.truth,
            self._said(choices),
            self.recording.rubric.positives,
            self.recording.clusters,
            resamples=self.resamples,
            seed=self.seed,
        )
        return rates[self.measure]

    def _said(self, choices: Choices) -> list[str | None]:
        return [choices.by_item.get(item) for item in self.recording.items]

    def _accuracy(self, choices: Choices) -> Figures:
        found = estimate_mean(self._credits(choices), self.recording.clusters)
        return {"accuracy": found.value, "accuracy_ci": list(found.interval) if found.interval else None}

    def _credits(self, choices: Choices) -> Sequence[float]:
        return [
            0.5 if item in choices.tied else float(choices.by_item.get(item) == label)
            for item, label in zip(self.recording.items, self.recording.truth, strict=True)
        ]


def _is_tie(outcome: Outcome) -> bool:
    most = max(outcome.tally.values(), default=0)
    return outcome.state == "hung" and sum(number == most for number in outcome.tally.values()) > 1
