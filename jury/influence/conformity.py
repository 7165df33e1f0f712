"""Conformity: how often a juror who stands against a majority of its peers goes over to it.

Asch 1951; for panels of models arXiv 2508.17536, where jurors adopt the majority's answer up to 85 % of the time. To be
told from second thoughts, it is compared with a control on the same occasions, in which nobody heard anybody.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jury.records import Round
from jury.rules import first_choice
from jury.shown import first_ballots

#: Seat → the seats it heard, or would have heard.
Hearing = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Occasion:
    """A juror whose first choice was another than that of more than half of the peers it heard; and its next choice."""

    juror: str
    before: str
    majority: str
    after: str | None

    @property
    def conformed(self) -> bool:
        """Whether it went over to the majority."""
        return self.after == self.majority


def occasions(rounds: Sequence[Round], hearing: Hearing | None = None) -> list[Occasion]:
    """The occasions of the first round that follows the sealed ballots; none where there is no such round.

    `hearing` says who would have heard whom, for a control; by default it is as the round has it, and where a forum was
    heard instead of ballots, everybody is taken to know of everybody.
    """
    if not rounds:
        return []
    opening = first_ballots(rounds)
    following = next((held for held in rounds if held.kind == "deliberation"), None)
    if opening.kind != "assessment" or following is None:
        return []
    before = {ballot.seat: first_choice(ballot) for ballot in opening.ballots}
    heard = hearing or heard_in(following)
    found = []
    for ballot in following.ballots:
        own = before.get(ballot.seat)
        majority = _majority([before.get(peer) for peer in heard.get(ballot.seat, ())])
        if own is not None and majority is not None and majority != own:
            found.append(Occasion(ballot.juror, own, majority, first_choice(ballot)))
    return found


def heard_in(held: Round) -> Hearing:
    """Who heard whom in a round; where a forum was heard instead of ballots, everybody knows of everybody."""
    seats = [ballot.seat for ballot in held.ballots]
    return held.heard or {seat: [peer for peer in seats if peer != seat] for seat in seats}


def conformity(found: Iterable[Occasion]) -> float | None:
    """The share of occasions on which the juror went over, 0 to 1; None without any."""
    listed = list(found)
    return sum(one.conformed for one in listed) / len(listed) if listed else None


def _majority(choices: Sequence[str | None]) -> str | None:
    """The choice of more than half of those who were heard."""
    return next((one for one in choices if one is not None and 2 * choices.count(one) > len(choices)), None)
