"""Which ballots a juror had been shown when it voted: pure functions over the rounds of a trial."""

from collections.abc import Iterator, Sequence

from jury.records import Ballot, Round


def first_ballots(rounds: Sequence[Round]) -> Round:
    """The round of the first sealed ballots: the panel's; where a scout decided alone, the scout's."""
    return next((held for held in rounds if held.kind == "assessment"), rounds[0])


def shown_ballots(rounds: Sequence[Round], at: int, seat: str) -> Iterator[Ballot]:
    """The ballots that a seat was shown before it voted in round `at`."""
    held = rounds[at]
    heard = held.heard.get(seat, ())
    if not held.order:
        yield from (
            ballot for earlier in rounds[max(0, at - 1) : at] for ballot in earlier.ballots if ballot.seat in heard
        )
        return
    for earlier in rounds[:at]:
        if earlier.kind == "deliberation":
            yield from (ballot for ballot in earlier.ballots if ballot.seat in heard)
    before = held.order[: held.order.index(seat)]
    yield from (ballot for ballot in held.ballots if ballot.seat in heard and ballot.seat in before)


def was_argued(rounds: Sequence[Round]) -> bool:
    """Whether jurors voted again after hearing something."""
    return any(held.kind in {"deliberation", "reballot"} for held in rounds)
