"""Learned rules out of fold: nobody is judged by what was learned from its own label, by construction."""

from collections.abc import Collection, Mapping, Sequence

from jury.crowd.registry import LEARNERS, is_learned
from jury.crowd.sheets import Sheet, distinct
from jury.records import Outcome, Rubric, Rule
from jury.rules import decide


def fold_outcomes(
    sheets: Sequence[Sheet], jurors: Sequence[str], rule: Rule, rubric: Rubric, folds: Sequence[Collection[str]]
) -> dict[str, Outcome]:
    """The outcome of every item by its id. `folds` part the items' ids.

    A rule learned from labels learns from the sheets of the other folds, and then decides on sheets without gold; one
    learned from ballots alone never sees a label; all others decide item by item.
    """
    by_item = {sheet.item: sheet for sheet in distinct(sheets)}
    if not is_learned(rule.name):
        return {item: _decided(sheet, jurors, rule, rubric) for item, sheet in by_item.items()}
    if LEARNERS.get(rule.name).needs == "ballots":
        return learned_outcomes(list(by_item.values()), by_item, jurors, rule, rubric)
    found: dict[str, Outcome] = {}
    for fold in folds:
        held_out = set(fold)
        training = [sheet for item, sheet in by_item.items() if item not in held_out]
        found |= learned_outcomes(training, {item: by_item[item] for item in held_out}, jurors, rule, rubric)
    return found


def learned_outcomes(
    training: Sequence[Sheet], items: Mapping[str, Sheet], jurors: Sequence[str], rule: Rule, rubric: Rubric
) -> dict[str, Outcome]:
    """What a learned rule decides on some items. Of these no label is seen; of the training items only where it needs them."""
    learner = LEARNERS.get(rule.name)
    seen = training if learner.needs == "labels" else [sheet.hidden for sheet in training]
    evidence = learner.learn(rule, distinct(seen), sorted(jurors), rubric)
    return {item: evidence.decide(sheet.hidden.ballots, rule.quorum) for item, sheet in items.items()}


def _decided(sheet: Sheet, jurors: Sequence[str], rule: Rule, rubric: Rubric) -> Outcome:
    sitting = set(jurors)
    ballots = [ballot for ballot in sheet.ballots if ballot.juror in sitting]
    return decide(ballots, seats=len(jurors), rule=rule, rubric=rubric)
