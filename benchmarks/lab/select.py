"""Which jurors and which rule to use, by nested cross-validation (Varma & Simon 2006), with the honest figure.

What is chosen for a fold is chosen on the other folds alone: jurors are ranked there, panels are tried there, and rules
that learn from labels are learned there, once more in folds of those folds. One juror wins unless a panel gains more
over it than the gain's own standard error.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.lab.candidates import Candidate, panels
from benchmarks.lab.folds import Folds, folds_of
from benchmarks.lab.recording import Recording, notes_on
from benchmarks.lab.scoring import Choices, Scorer
from benchmarks.lab.singles import best_single, ranked, single_choices
from jury.crowd import fold_outcomes, is_learned, learned_outcomes
from jury.reliability.bootstrap import Floats

#: Folds inside the training folds.
INNER = 5


Hearing = Callable[[str], None]


@dataclass(frozen=True)
class Choice:
    """What was chosen on some items: the candidate, the best panel, and what that panel gained over the best juror."""

    candidate: Candidate
    best_panel: Candidate | None
    gain: float
    error: float


@dataclass(frozen=True)
class Selection:
    """The choice on all items, those of the folds, and the out-of-fold choices of the whole procedure."""

    recording: Recording
    choice: Choice
    by_fold: tuple[Choice, ...]
    out_of_fold: Choices
    single: Choices
    scorer: Scorer

    def document(self) -> dict[str, Any]:
        """The selection as plain values; figures are out of fold."""
        chosen, scorer = self.choice.candidate, self.scorer
        gain, error = scorer.gain(self.single, self.out_of_fold)
        return {
            "source": self.recording.name,
            "items": len(self.recording.items),
            "positive": self.recording.positive,
            "gold": dict(self.recording.gold),
            "rows": self.recording.rows.document(),
            "measure": scorer.measure,
            "folds": len(self.by_fold),
            "jurors": list(chosen.jurors),
            "rule": chosen.written or None,
            "one_juror": not chosen.is_panel,
            "sentence": self._sentence(),
            **scorer.figures(self.out_of_fold),
            "best_single": scorer.figures(self.single),
            "gain": {"over_best_single": gain, "standard_error": error},
            "inner": _inner(self.choice),
            "notes": notes_on(self.recording),
            "chosen": dict(Counter(str(one.candidate) for one in self.by_fold).most_common()),
        }

    def _sentence(self) -> str:
        choice, measure = self.choice, {"f1": "F1", "accuracy": "accuracy"}[self.scorer.measure]
        panel, who = choice.best_panel, choice.candidate
        if who.is_panel:
            return (
                f"A panel is better than its best juror here: {who}. In training it gains {choice.gain:.3f} {measure} "
                f"over one juror, more than the gain's standard error {choice.error:.3f}."
            )
        told = (
            f" The best panel ({panel}) gains {choice.gain:+.3f} {measure} over it in training, "
            f"no more than the gain's standard error {choice.error:.3f}."
            if panel
            else ""
        )
        return f"One juror is the best panel here: {who}.{told}"


def select(recording: Recording, folds: int, *, seed: int = 0, hear: Hearing = lambda _: None) -> Selection:
    """The selection on a recording. Raises `InputError` where it has too few groups."""
    outer, scorer = folds_of(recording, folds, seed), Scorer(recording, seed=seed)
    by_item: dict[str, str | None] = {}
    chosen = []
    for number, fold in enumerate(outer, start=1):
        hear(f"fold {number} of {len(outer)}")
        training = recording.of(set(recording.items) - fold)
        choice = _chosen(training, seed)
        chosen.append(choice)
        by_item |= _applied(choice.candidate, training, recording.of(fold))
    hear("all items")
    single = best_single(recording, outer, scorer)
    return Selection(recording, _chosen(recording, seed), tuple(chosen), Choices(by_item), single.choices, scorer)


def _chosen(training: Recording, seed: int) -> Choice:
    """The jurors and the rule that some items speak for."""
    scorer, singles = Scorer(training, seed=seed), single_choices(training)
    best_first = ranked(training, singles, scorer)
    alone = Candidate((best_first[0],))
    if len(best_first) < 2:
        return Choice(alone, None, 0.0, 0.0)
    inner = folds_of(training, INNER, seed)
    tried = {panel: _inner_choices(panel, training, inner) for panel in panels(best_first, training)}
    gain, error = _gain([singles[juror] for juror in best_first], list(tried.values()), scorer)
    best = _best(tried, scorer)
    return Choice(best if gain > error else alone, best, gain, error)


def _gain(singles: Sequence[Choices], panels_tried: Sequence[Choices], scorer: Scorer) -> tuple[float, float]:
    """What the best panel gains over the best juror on items that had no part in choosing either, and the standard error.

    Whoever wins among many on some items looks better on them than it is. So both are chosen in each resample of the
    training groups and compared on the groups it left out: the mean of these gains, and their standard deviation.
    """
    gains = _out_of_bag(panels_tried, scorer) - _out_of_bag(singles, scorer)
    return float(gains.mean()), float(gains.std(ddof=1))


def _out_of_bag(tried: Sequence[Choices], scorer: Scorer) -> Floats:
    """The measure, on what every resample left out, of whoever is best within it: shape (resamples,)."""
    bagged = [scorer.bagged(choices) for choices in tried]
    within, without = (np.array([one[side] for one in bagged]) for side in (0, 1))
    best = within.argmax(axis=0)
    found: Floats = without[best, np.arange(without.shape[1])]
    return found


def _best(tried: Mapping[Candidate, Choices], scorer: Scorer) -> Candidate:
    """The candidate of the greatest value; of equal ones the smallest, then the first by name."""
    return min(tried, key=lambda one: (-scorer.value(tried[one]), len(one.jurors), str(one)))


def _inner_choices(panel: Candidate, training: Recording, inner: Folds) -> Choices:
    outcomes = fold_outcomes(training.sheets, panel.jurors, panel.rule, training.rubric, inner)
    return Choices.of(outcomes)


def _applied(chosen: Candidate, training: Recording, held_out: Recording) -> dict[str, str | None]:
    """What a candidate decides on items whose labels had no part in choosing or teaching it."""
    if not chosen.is_panel:
        return dict(single_choices(held_out)[chosen.jurors[0]].by_item)
    rule, sheets = chosen.rule, {sheet.item: sheet for sheet in held_out.sheets}
    if is_learned(rule.name):
        outcomes = learned_outcomes(training.sheets, sheets, chosen.jurors, rule, training.rubric)
    else:
        outcomes = fold_outcomes(held_out.sheets, chosen.jurors, rule, training.rubric, [frozenset(sheets)])
    return {item: outcome.choice for item, outcome in outcomes.items()}


def _inner(choice: Choice) -> dict[str, Any]:
    return {
        "best_panel": str(choice.best_panel) if choice.best_panel else None,
        "gain": choice.gain,
        "standard_error": choice.error,
    }
