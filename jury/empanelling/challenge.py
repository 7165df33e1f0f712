"""Challenges for cause: do labelled items show that a juror errs to one side and hardly depends on the truth?"""

from collections.abc import Mapping
from typing import Literal

from jury.records import Record
from jury.stats.significance import holm, mcnemar

#: The least number of labelled items of each class that a challenge can rest on.
LEAST = 10
#: A juror is uninformed up to this informedness.
BOUND = 0.1
#: Highest corrected p-value of errors that are lopsided beyond chance.
ALPHA = 0.05

#: Item → label.
Labels = Mapping[str, str]


class Challenge(Record):
    """What labelled items say of one juror, in words and figures.

    `finding` is whether it is challenged or kept. `skew` and `skilled` say apart what that rests on: to which side its errors
    lean beyond chance, empty where to none, and whether its votes depend on the truth; both None where there are too few items.
    `informedness` is the true less the false positive rate (Youden 1950; −1 to 1, 0 for one who does not look), None
    where a class has no item; `p` is that of McNemar's exact test between false positives and false negatives,
    corrected over the jurors (Holm 1979), None where there are too few items to ask.
    """

    juror: str
    finding: Literal["challenged", "kept", "too few"]
    why: str
    positives: int
    negatives: int
    false_positives: int
    false_negatives: int
    unreadable: int = 0
    skew: Literal["", "false positives", "false negatives"] | None = None
    skilled: bool | None = None
    informedness: float | None = None
    p: float | None = None


def challenges(
    gold: Labels,
    ballots: Mapping[str, Labels],
    positive: str,
    *,
    least: int = LEAST,
    bound: float = BOUND,
    alpha: float = ALPHA,
) -> tuple[Challenge, ...]:
    """What can be said of every juror, by name.

    A juror is challenged whose errors lean to one side beyond chance *and* whose votes hardly depend on the truth. The
    first alone may come from rare positives, the second alone from a juror who is merely poor; both are said of every juror. Items without a label
    take no part; a ballot that is none of the labels is unreadable, is counted, and speaks for neither side.
    """
    counted = [_counted(juror, gold, ballots[juror], positive) for juror in sorted(ballots)]
    enough = [min(one.positives, one.negatives) >= least for one in counted]
    ps = holm(
        [
            mcnemar(one.false_positives, one.false_negatives) if told else None
            for one, told in zip(counted, enough, strict=True)
        ]
    )
    return tuple(_found(one, p, least, bound, alpha) for one, p in zip(counted, ps, strict=True))


def _counted(juror: str, gold: Labels, said: Labels, positive: str) -> Challenge:
    """The juror's counts, with nothing found yet."""
    known = set(gold.values())
    labelled = [(gold[item], label) for item, label in said.items() if item in gold]
    pairs = [(true == positive, label == positive) for true, label in labelled if label in known]
    there, hits = sum(true for true, _ in pairs), sum(true and told for true, told in pairs)
    absent, alarms = len(pairs) - there, sum(told and not true for true, told in pairs)
    return Challenge(
        juror=juror,
        finding="too few",
        why="",
        positives=there,
        negatives=absent,
        false_positives=alarms,
        false_negatives=there - hits,
        unreadable=len(labelled) - len(pairs),
        informedness=hits / there - alarms / absent if there and absent else None,
    )


def _found(one: Challenge, p: float | None, least: int, bound: float, alpha: float) -> Challenge:
    if p is None or one.informedness is None:
        why = (
            f"it can't be told: of its ballots {one.positives} are on positive items and {one.negatives} on others, "
            f"and {least} of each are needed"
        )
        return one.but(why=why)
    lean: Literal["false positives", "false negatives"] = (
        "false positives" if one.false_positives > one.false_negatives else "false negatives"
    )
    skewed, skilled = p < alpha, one.informedness > bound
    return one.but(
        finding="challenged" if skewed and not skilled else "kept",
        p=p,
        skew=lean if skewed else "",
        skilled=skilled,
        why=_reason(one, p, bound, lean if skewed else ""),
    )


def _reason(one: Challenge, p: float, bound: float, skew: str) -> str:
    errors = f"{one.false_positives} false positives against {one.false_negatives} false negatives"
    leans = f"its errors lean to {skew}" if skew else "its errors lean to no side"
    informed = f"informedness {one.informedness:.2f}"
    skilled = (one.informedness or 0) > bound
    looks = f"its votes {'depend' if skilled else 'hardly depend'} on the truth ({informed}, {'' if skilled else 'not '}above {bound:g})"
    return f"{leans}: {errors} (p = {p:.2g}); {looks}"
