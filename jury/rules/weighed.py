"""Rules that weigh jurors, or count the points of rankings and approvals."""

from collections.abc import Collection

from jury.errors import InputError
from jury.records import Rule
from jury.rules.registry import rule
from jury.rules.votes import Votes


@rule("weighted", reads="weight")
def weighted(votes: Votes) -> str | None:
    """The choice with more than half of the weight of all seats; with equal weights the strict majority of seats."""
    return next((choice for choice, weight in votes.counts.items() if 2 * weight > votes.seats), None)


@rule("borda", reads="ranking")
def borda(votes: Votes) -> str | None:
    """The one choice with the most of Borda's points (J.-C. de Borda 1781); none where several have."""
    return _alone(votes)


@rule("approval", reads="approval")
def approval(votes: Votes) -> str | None:
    """The one choice that most seats approve (Brams & Fishburn 1978); none where several lead."""
    return _alone(votes)


def _alone(votes: Votes) -> str | None:
    return votes.leaders[0] if len(votes.leaders) == 1 else None


def check_weights(rule: Rule, jurors: Collection[str]) -> None:
    """Raise `InputError` unless a rule that weighs jurors by name has a weight for each of them, and for nobody else."""
    if not rule.weights:
        return
    if rule.name != "weighted":
        raise InputError(f"rule {rule.name!r} takes no weights; use `weighted`, or leave them out")
    strays = sorted(set(rule.weights) - set(jurors))
    if strays:
        raise InputError(f"rule 'weighted' weighs {strays[0]!r}, who does not sit; the jurors are {', '.join(jurors)}")
    missing = sorted(set(jurors) - set(rule.weights))
    if missing:
        raise InputError(f"rule 'weighted' has no weight for {missing[0]!r}; give every juror one")
    if not any(rule.weights.values()):
        raise InputError("rule 'weighted': all weights are 0; give at least one juror some")
