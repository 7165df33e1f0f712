"""What ends a deliberation, on rounds as they might have been held."""

import pytest

from jury.errors import InputError
from jury.prompt_files import open_library
from jury.records import Ballot, Cause, Juror, Jury, Panel, Protocol, Round, Usage
from jury.rubrics import load_rubric
from jury.stops import STOPS, Standing, check_stops, stopped

RUBRIC = load_rubric("safebench", open_library())
FREE = Usage()


def held(kind: str, index: int, *choices: str) -> Round:
    return Round(kind=kind, index=index, ballots=tuple(ballot(seat, choice) for seat, choice in enumerate(choices)))


def ballot(seat: int, choice: str) -> Ballot:
    if choice == "invalid":
        return Ballot(seat=str(seat), juror=str(seat), state="invalid", cause=Cause(kind="error"))
    return Ballot(seat=str(seat), juror=str(seat), state="cast", choice=choice)


def standing(*rounds: Round, stops: tuple[str, ...] = (), settled: float | None = None, usage: Usage = FREE):
    protocol = Protocol(name="test", rounds=3, stops=stops, settled=settled)
    jury = Jury(panel=Panel(seats=(Juror(model="some/model"),)), protocol=protocol, rubric=RUBRIC)
    return Standing(jury, len(rounds[-1].ballots), rounds, usage)


FIRST = held("assessment", 0, "unsafe", "safe", "safe")
MOVED = held("deliberation", 1, "safe", "safe", "safe")
SAME = held("deliberation", 1, "unsafe", "safe", "safe")


def test_votes_that_nobody_changed_are_stable():
    assert stopped(standing(FIRST, SAME, stops=("stable",)))
    assert not stopped(standing(FIRST, MOVED, stops=("stable",)))


def test_the_opening_alone_is_never_stable():
    assert not stopped(standing(FIRST, stops=("stable",)))
    scouted = held("screening", 0, "unsafe")
    assert not stopped(standing(scouted, held("assessment", 1, "unsafe"), stops=("stable",)))


def test_stability_over_two_rounds_takes_two_rounds():
    again = held("deliberation", 2, "unsafe", "safe", "safe")
    assert not stopped(standing(FIRST, SAME, stops=("stable:2",)))
    assert stopped(standing(FIRST, SAME, again, stops=("stable:rounds=2",)))


def test_an_invalid_ballot_that_becomes_a_vote_is_a_change():
    broken = held("assessment", 0, "invalid", "safe", "safe")
    assert not stopped(standing(broken, SAME, stops=("stable",)))


def test_a_share_of_the_seats_or_all_of_them_settle():
    assert stopped(standing(FIRST, stops=("settled:0.6",)))
    assert not stopped(standing(FIRST, stops=("settled:1",)))
    assert stopped(standing(FIRST, MOVED, settled=1.0))


def test_a_rule_that_decides_may_end_it():
    assert stopped(standing(FIRST, stops=("decided",)))
    assert not stopped(standing(held("assessment", 0, "unsafe", "safe"), stops=("decided",)))


@pytest.mark.parametrize(
    ("stop", "usage", "ends"),
    [
        ("budget:tokens=100", Usage(input_tokens=60, output_tokens=40), True),
        ("budget:tokens=101", Usage(input_tokens=60, output_tokens=40), False),
        ("budget:calls=3", Usage(calls=3), True),
        ("budget:cost=0.5", Usage(cost=0.4), False),
        ("budget:cost=0.5", Usage(cost=0.5), True),
        ("budget:cost=0.5", Usage(cost=None), True),
    ],
)
def test_a_budget_ends_it_once_it_is_reached(stop, usage, ends):
    assert stopped(standing(FIRST, stops=(stop,), usage=usage)) is ends


def test_without_a_stop_nothing_ends_it():
    assert not stopped(standing(MOVED))


def test_an_unknown_stop_is_named_with_those_there_are():
    with pytest.raises(InputError, match="unknown stop 'bored'; known: budget, decided, settled, stable"):
        check_stops(Protocol(name="test", stops=("bored",)))
    assert set(STOPS) == {"budget", "decided", "settled", "stable"}
