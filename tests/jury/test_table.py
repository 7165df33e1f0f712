"""The table: who is called what, who is shown which ballots."""

from scripted import panel

from jury.panel import panel_seats
from jury.records import Ballot, Protocol, Round
from jury.table import Table

SEATS = panel_seats(panel("a", "b", "c", "d"))


def table(**protocol: object) -> Table:
    return Table.of(SEATS, Protocol.model_validate({"name": "test", "rounds": 2, **protocol}), "0" * 64)


def round_of(at: Table, kind: str, index: int) -> Round:
    return Round(kind=kind, index=index, ballots=tuple(ballot(seat.id, f"{kind} {index}") for seat in at.circle))


def ballot(seat: str, reasoning: str = "") -> Ballot:
    return Ballot(seat=seat, juror=seat, state="cast", choice="safe", reasoning=reasoning)


def test_seats_are_called_by_their_place_and_by_role_only_where_peers_are_named():
    assert [table().called(seat) for seat in table().circle] == ["A", "B", "C", "D"]
    named = table(anonymous=False)
    assert named.called(named.circle[0]) == "A (juror)"


def test_at_once_a_seat_is_shown_its_neighbours_last_ballots():
    ring = table(topology="ring")
    rounds = [round_of(ring, "assessment", 0), round_of(ring, "deliberation", 1)]
    shown = ring.shown(ring.circle[0], rounds, ())
    assert [(peer.label, peer.ballot.reasoning) for peer in shown] == [("B", "deliberation 1"), ("D", "deliberation 1")]


def test_in_turn_a_seat_is_shown_all_that_was_said_and_nothing_sealed():
    queue = table(speaking="in_turn")
    opening, spoken = round_of(queue, "assessment", 0), round_of(queue, "deliberation", 1)
    assert queue.shown(queue.circle[0], [opening], ()) == []
    second = queue.shown(queue.circle[1], [opening, spoken], [ballot(queue.circle[0].id, "now")])
    assert [(peer.label, peer.ballot.reasoning) for peer in second] == [
        ("A", "deliberation 1"), ("C", "deliberation 1"), ("D", "deliberation 1"), ("A", "now")
    ]  # fmt: skip


def test_in_turn_only_those_who_spoke_before_are_heard_in_the_first_round():
    queue = table(speaking="in_turn")
    order = [seat.id for seat in queue.circle]
    first = queue.hearers(order, [round_of(queue, "assessment", 0)])
    assert [len(first[seat]) for seat in order] == [0, 1, 2, 3]
    again = queue.hearers(order, [round_of(queue, "assessment", 0), round_of(queue, "deliberation", 1)])
    assert all(len(heard) == 3 for heard in again.values())
