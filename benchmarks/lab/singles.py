"""Single jurors: what each chose, and the best of them, chosen in training folds and scored out of fold."""

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.lab.folds import Folds
from benchmarks.lab.recording import Recording
from benchmarks.lab.scoring import Choices, Scorer
from jury.rules import first_choice


@dataclass(frozen=True)
class BestSingle:
    """The choices of the juror that was best in the training folds, and which juror that was, fold by fold."""

    choices: Choices
    chosen: tuple[str, ...]


def single_choices(recording: Recording) -> dict[str, Choices]:
    """What every juror chose, by name."""
    said: dict[str, dict[str, str | None]] = {juror: dict.fromkeys(recording.items) for juror in recording.jurors}
    for sheet in recording.sheets:
        for ballot in sheet.ballots:
            said[ballot.juror][sheet.item] = first_choice(ballot)
    return {juror: Choices(by_item) for juror, by_item in said.items()}


def ranked(recording: Recording, singles: Mapping[str, Choices], measure: Scorer) -> list[str]:
    """The jurors from the best to the worst on some items, by F1 or accuracy; equal ones by name."""
    scorer = Scorer(recording, measure.ties_half, measure.resamples, measure.seed)
    values = {juror: scorer.value(choices) for juror, choices in singles.items()}
    return sorted(values, key=lambda juror: (-values[juror], juror))


def best_single(recording: Recording, folds: Folds, scorer: Scorer) -> BestSingle:
    """The best single juror as one could have known it: chosen on the other folds' labels."""
    singles = single_choices(recording)
    by_item: dict[str, str | None] = {}
    chosen = []
    for fold in folds:
        training = recording.of(set(recording.items) - fold)
        best = ranked(training, singles, scorer)[0]
        chosen.append(best)
        by_item |= {item: singles[best].by_item[item] for item in fold}
    return BestSingle(Choices(by_item), tuple(chosen))
