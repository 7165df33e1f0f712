"""What a panel would have decided on recorded ballots, beside its jurors, the best of them, and a plain majority."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.lab.folds import Folds, folds_of
from benchmarks.lab.recording import Recording, notes_on
from benchmarks.lab.scoring import Choices, Scorer
from benchmarks.lab.singles import best_single, single_choices
from jury.crowd import LEARNERS, check_any_rule, fold_outcomes, parse_any_rule
from jury.errors import InputError
from jury.records import Rule
from jury.reliability.agreement import prevalence
from jury.reliability.calibration import brier_score, expected_calibration_error
from jury.reliability.marginal import marginal_values
from jury.reliability.per_class import specific_agreement
from jury.rules import RULES, first_choice
from jury.stats.coefficients import estimate_ac1, estimate_alpha, estimate_fleiss_kappa
from jury.stats.estimates import Estimate
from jury.stats.votes import estimate_effective_votes

MAJORITY = "strict_majority"

#: With `--rule all`, the shares that a supermajority is held at.
_SHARES = (0.6, 2 / 3, 0.75)

#: Hears what is being worked out.
Hearing = Callable[[str], None]


@dataclass(frozen=True)
class Replay:
    """A recording replayed under one rule, or (`all`) under every rule that fits it."""

    recording: Recording
    folds: Folds
    scorer: Scorer
    rule: Rule
    written: str
    every_rule: bool

    def document(self, hear: Hearing = lambda _: None) -> dict[str, Any]:
        """All figures as plain values: of `panel`, `jurors`, `best_single`, `majority`, agreement, and each rule."""
        recording, scorer = self.recording, self.scorer
        hear(f"{self.written} over {len(recording.items)} items")
        panel, majority = self.choices(self.rule), self.choices(Rule(name=MAJORITY))
        best = best_single(recording, self.folds, scorer)
        document = {
            "source": recording.name,
            "items": len(recording.items),
            "labels": list(recording.rubric.choices),
            "positive": recording.positive,
            "gold": dict(recording.gold),
            "rows": recording.rows.document(),
            "folds": len(self.folds),
            "groups": len(set(recording.clusters)),
            "ties": "half" if scorer.ties_half else "undecided",
            "rule": self.written,
            "panel": scorer.figures(panel),
            "majority": scorer.figures(majority),
            "best_single": {**scorer.figures(best.choices), "chosen": list(best.chosen)},
            "jurors": dict(self._jurors(hear)),
            "marginal": self._marginal(),
            **self._agreement(),
        }
        rules, skipped = self._rules(hear) if self.every_rule else ({}, {})
        return {
            **document,
            "rules": rules,
            "skipped": skipped,
            "notes": [*_notes(document, rules), *notes_on(recording)],
        }

    def choices(self, rule: Rule, jurors: Sequence[str] | None = None) -> Choices:
        """What a rule decides; a learned one out of fold."""
        recording = self.recording
        return Choices.of(
            fold_outcomes(recording.sheets, jurors or recording.jurors, rule, recording.rubric, self.folds)
        )

    def _jurors(self, hear: Hearing) -> Iterator[tuple[str, dict[str, Any]]]:
        for juror, choices in single_choices(self.recording).items():
            hear(f"juror {juror}")
            yield juror, {**self.scorer.figures(choices), **self._ballots(juror), **self._calibration(juror)}

    def _ballots(self, juror: str) -> dict[str, int]:
        """How a juror's ballots ended; on the other items it cast none."""
        own = (one for sheet in self.recording.sheets for one in sheet.ballots if one.juror == juror)
        ended = Counter(one.state for one in own)
        return {"cast": ended["cast"], "abstained": ended["abstain"], "invalid": ended["invalid"]}

    def _calibration(self, juror: str) -> dict[str, Any]:
        """How well stated confidence matches being right; nothing where none is stated."""
        pairs = [
            (ballot.confidence, first_choice(ballot) == sheet.gold)
            for sheet in self.recording.sheets
            for ballot in sheet.ballots
            if ballot.juror == juror and ballot.confidence is not None and ballot.state == "cast"
        ]
        if not pairs:
            return {}
        sure, right = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        return {"ece": expected_calibration_error(sure, right), "brier": brier_score(sure, right)}

    def _marginal(self) -> dict[str, float | None]:
        """What each juror adds to the panel's figure under the rule."""
        if len(self.recording.jurors) < 2:
            return dict.fromkeys(self.recording.jurors)

        def score(jurors: frozenset[str]) -> float:
            return self.scorer.value(self.choices(self.rule, sorted(jurors)))

        found = marginal_values(self.recording.jurors, score)
        return {juror: found[juror] for juror in self.recording.jurors}

    def _agreement(self) -> dict[str, Any]:
        recording = self.recording
        units = [[first_choice(ballot) for ballot in sheet.ballots] for sheet in recording.sheets]
        clusters = recording.clusters
        errors = [
            [
                None if (said := choices.by_item[sheet.item]) is None else said != sheet.gold
                for sheet in recording.sheets
            ]
            for choices in single_choices(recording).values()
        ]
        return {
            **_with_interval("alpha", estimate_alpha(units, clusters)),
            **_with_interval("ac1", estimate_ac1(units, clusters, recording.rubric.choices)),
            **_with_interval("fleiss_kappa", estimate_fleiss_kappa(units, clusters)),
            "prevalence": prevalence(units, recording.positive) if recording.positive else None,
            "gold_prevalence": _share(recording.truth, recording.positive) if recording.positive else None,
            **_with_interval("n_eff", estimate_effective_votes(errors, clusters)),
            "specific_agreement": {str(label): value for label, value in specific_agreement(units).items()},
        }

    def _rules(self, hear: Hearing) -> tuple[dict[str, Any], dict[str, str]]:
        """The figures under every rule, and why others could not be used."""
        figures, skipped = {}, {}
        for written in _every_rule(len(self.recording.jurors)):
            hear(f"rule {written}")
            try:
                rule = parse_any_rule(written)
                check_any_rule(rule, self.recording.rubric)
                figures[written] = self.scorer.figures(self.choices(rule))
            except InputError as unfit:
                skipped[written] = str(unfit)
        return figures, skipped


def replay_of(recording: Recording, rule: str, folds: int, *, ties_half: bool, seed: int = 0) -> Replay:
    """The replay of a recording. `rule` is a rule as it is written, or `all`. Raises `InputError`."""
    written = MAJORITY if rule == "all" else rule
    parsed = parse_any_rule(written)
    check_any_rule(parsed, recording.rubric)
    scorer = Scorer(recording, ties_half, seed=seed)
    return Replay(recording, folds_of(recording, folds, seed), scorer, parsed, written, every_rule=rule == "all")


def _with_interval(name: str, estimate: Estimate) -> dict[str, Any]:
    return {name: estimate.value, f"{name}_ci": list(estimate.interval) if estimate.interval else None}


def _share(labels: Sequence[str], label: str) -> float | None:
    return labels.count(label) / len(labels) if labels else None


def _every_rule(seats: int) -> Iterator[str]:
    for name in RULES:
        if name == "any":
            yield from (f"any:{k}" for k in range(1, min(seats, 5) + 1))
        elif name == "supermajority":
            yield from (f"supermajority:{share:.2f}" for share in _SHARES)
        elif name != "weighted":  # without weights of its own it is the strict majority
            yield name
    for name in LEARNERS:
        yield name
    yield "log_odds:labels=30"


def _notes(document: dict[str, Any], rules: dict[str, Any]) -> list[str]:
    """What a reader must know before quoting a figure."""
    notes = []
    learned = {**rules, document["rule"]: document["panel"]}.get("dawid_skene")
    if learned is not None and learned["accuracy"] < document["majority"]["accuracy"]:
        notes.append(
            f"Dawid-Skene disagrees with the labels: accuracy {learned['accuracy']:.3f} where a plain majority has "
            f"{document['majority']['accuracy']:.3f}. These jurors share their errors; do not trust it here."
        )
    if document["positive"] is None:
        notes.append("No label was named the positive one (--positive): precision, recall and F1 are not given.")
    return notes
