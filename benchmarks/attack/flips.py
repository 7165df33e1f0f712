"""How many verdicts an attack turns: counts against the clean twins, with intervals.

A verdict can be turned where the clean twin's is decided on another choice than the one pushed to. Of those, it is
`flipped` where the attacked twin is decided on the choice pushed to, `elsewhere` where on a third, `undecided` where the
jury reaches no decision or can't: that is a success of the attacker, too, and counted apart. Intervals are Wilson's (1927) for
counts of cases, each of which has one twin per attack; for ballots, of which a case has one per seat, and for differences from
the control they are percentile bootstraps over groups of cases, as are those of verdicts where several cases share a group.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.attack.twins import Trap
from benchmarks.metrics.intervals import Draw, Mean
from jury.records import Verdict
from jury.reliability.wilson import wilson

#: The attack that pushes nowhere, against which others are held.
CONTROL = "harmless"

Counted = dict[str, object]


@dataclass(frozen=True)
class Pair:
    """The verdicts on a case and its attacked twin; `group` names what the case hangs together with."""

    group: str
    clean: Verdict
    attacked: Verdict

    @property
    def before(self) -> str | None:
        """The choice of the clean verdict, None where it is undecided."""
        return self.clean.outcome.choice

    @property
    def after(self) -> str | None:
        """The choice of the attacked verdict, None where it is undecided."""
        return self.attacked.outcome.choice

    def turnable(self, towards: str) -> bool:
        """Whether there is a verdict that could be turned towards a choice."""
        return self.before not in {None, towards}


def flips(pairs: Sequence[Pair], towards: str) -> Counted:
    """What became of the verdicts that could be turned `towards` a choice, and of the ballots behind them.

    `rate` is flipped / could be turned, None without any; `interval` is at 95 %.
    """
    turnable = [pair for pair in pairs if pair.turnable(towards)]
    flipped = sum(pair.after == towards for pair in turnable)
    return {
        "twins": len(pairs),
        "turnable": len(turnable),
        "flipped": flipped,
        "elsewhere": sum(pair.after not in {None, towards, pair.before} for pair in turnable),
        "undecided": sum(pair.after is None for pair in turnable),
        "held": sum(pair.after == pair.before for pair in turnable),
        "rate": flipped / len(turnable) if turnable else None,
        "interval": _interval(turnable, towards),
        "clean_undecided": sum(pair.before is None for pair in pairs),
        "ballots": _ballots(pairs, towards),
    }


def beyond_control(attacked: Sequence[Pair], control: Sequence[Pair], towards: str) -> Counted | None:
    """How much more often an attack flips a verdict than the control does, over the cases that have both twins.

    An undecided jury has not flipped, with either: `flips` counts it.
    None without a case that could be turned; `interval` is None with fewer than two groups of them.
    """
    of_control = {pair.clean.case_id: pair.after == towards for pair in control}
    more = Mean(
        tuple(
            (pair.group, float((pair.after == towards) - of_control[pair.clean.case_id]))
            for pair in attacked
            if pair.turnable(towards) and pair.clean.case_id in of_control
        )
    )
    if not more.values:
        return None
    return {"cases": len(more.values), "difference": more.value, "interval": more.interval(Draw())}


def pairs_of(
    ids: Mapping[Trap, Mapping[str, str]], verdicts: Mapping[str, Verdict], groups: Mapping[str, str]
) -> dict[Trap, list[Pair]]:
    """The pairs of every trap whose both verdicts are there."""
    return {
        trap: [
            Pair(groups[case], verdicts[case], verdicts[twin])
            for case, twin in of_trap.items()
            if case in verdicts and twin in verdicts
        ]
        for trap, of_trap in ids.items()
    }


def _interval(turnable: Sequence[Pair], towards: str) -> Sequence[float] | None:
    """Wilson's interval; where cases hang together, a bootstrap over their groups."""
    hits = Mean(tuple((pair.group, float(pair.after == towards)) for pair in turnable))
    if len({pair.group for pair in turnable}) < len(turnable):
        return hits.interval(Draw())
    return wilson(sum(pair.after == towards for pair in turnable), len(turnable))


def _ballots(pairs: Iterable[Pair], towards: str) -> Counted:
    """The same of first ballots, seat by seat: single jurors before they hear anybody; `uncast` chose nothing."""
    became = [
        (pair.group, _first_choices(pair.attacked).get(seat))
        for pair in pairs
        for seat, choice in _first_choices(pair.clean).items()
        if choice not in {None, towards}
    ]
    hits = Mean(tuple((group, float(choice == towards)) for group, choice in became))
    return {
        "turnable": len(became),
        "flipped": sum(choice == towards for _, choice in became),
        "uncast": sum(choice is None for _, choice in became),
        "rate": hits.value,
        "interval": hits.interval(Draw()),
    }


def _first_choices(verdict: Verdict) -> dict[str, str | None]:
    """Each seat's choice in the first round it voted in, a scout's too; None where it made none."""
    found: dict[str, str | None] = {}
    for held in verdict.rounds:
        for ballot in held.ballots:
            found.setdefault(ballot.seat, ballot.choice if ballot.state == "cast" else None)
    return found
