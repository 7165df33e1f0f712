"""Deliberation ends once nobody is moved by it any more."""

from jury.records import Ballot
from jury.stops.registry import STOPS, Standing


@STOPS.add("stable")
def stable(standing: Standing, rounds: float = 1) -> bool:
    """In so many rounds, one after another, no seat has changed its vote; the sealed opening alone is never stable."""
    wanted = int(rounds) + 1
    latest = [held for held in standing.rounds if held.kind != "screening"][-wanted:]
    votes = [{ballot.seat: _vote(ballot) for ballot in held.ballots} for held in latest]
    return len(votes) == wanted and all(vote == votes[0] for vote in votes)


def _vote(ballot: Ballot) -> tuple[str, str | None, tuple[str, ...]]:
    return ballot.state, ballot.choice, ballot.ranking
