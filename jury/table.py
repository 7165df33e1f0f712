"""The table that the seats of one trial sit around: in which order, what they are called, who hears whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from jury.exhibits import Peer
from jury.panel import Seat, place_name, seating
from jury.records import Ballot, Protocol, Round
from jury.topology import hearing


@dataclass(frozen=True)
class Table:
    """The seats in the order they sit and, where they speak one after another, speak."""

    circle: tuple[Seat, ...]
    protocol: Protocol

    @classmethod
    def of(cls, seats: tuple[Seat, ...], protocol: Protocol, exhibits_hash: str) -> "Table":
        """The table for one transcript: shuffled by its content, the same on every replay."""
        return cls(seating(seats, exhibits_hash), protocol)

    @cached_property
    def neighbours(self) -> dict[str, tuple[str, ...]]:
        """Seat → the seats that the topology lets it hear."""
        return hearing(self.protocol.topology, tuple(seat.id for seat in self.circle))

    def called(self, seat: Seat) -> str:
        """What a seat is called before the others: a letter around the table, with its role unless anonymous."""
        letter = place_name(self.circle.index(seat))
        return letter if self.protocol.anonymous else f"{letter} ({seat.juror.role})"

    def peers(self, ballots: Iterable[Ballot]) -> list[Peer]:
        """Ballots of one round with what their jurors are called, around the table."""
        by_seat = {ballot.seat: ballot for ballot in ballots}
        return [Peer(self.called(seat), by_seat[seat.id]) for seat in self.circle if seat.id in by_seat]

    def shown(self, seat: Seat, rounds: Sequence[Round], now: Sequence[Ballot]) -> list[Peer]:
        """What a seat is shown before it states its position: its neighbours' last ballots.

        Where they speak one after another: all that its neighbours said so far, in rounds that are closed and `now`,
        in the order it was said. Sealed ballots stay sealed then.
        """
        heard = set(self.neighbours[seat.id])
        if self.protocol.speaking == "at_once":
            return self.peers(ballot for ballot in rounds[-1].ballots if ballot.seat in heard)
        earlier = [self.peers(held.ballots) for held in rounds if held.kind == "deliberation"]
        return [peer for said in (*earlier, self.peers(now)) for peer in said if peer.ballot.seat in heard]

    def hearers(self, spoken: Sequence[str], rounds: Sequence[Round]) -> dict[str, tuple[str, ...]]:
        """Seat → the seats whose ballots it was shown, in a round in which seats spoke in this order.

        In the first round of speaking one after another only those before it have been heard.
        """
        if self.protocol.speaking == "at_once":
            return self.neighbours
        again = any(held.kind == "deliberation" for held in rounds)
        return {
            seat: tuple(other for other in self.neighbours[seat] if again or spoken.index(other) < spoken.index(seat))
            for seat in spoken
        }
