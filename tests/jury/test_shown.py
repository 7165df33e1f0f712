"""Which ballots somebody had seen when they voted."""

from jury.records import Ballot, Round
from jury.shown import first_ballots, shown_ballots, was_argued


def held(kind: str, index: int, *seats: str, **more: object) -> Round:
    ballots = [Ballot(seat=seat, juror=seat, state="cast", choice=f"{kind} {index}") for seat in seats]
    return Round.model_validate({"kind": kind, "index": index, "ballots": ballots, **more})


SCREENING = held("screening", 0, "a")
OPENING = held("assessment", 1, "a", "b", "c")


def test_the_first_ballots_are_the_panels_or_the_scouts_where_it_decided_alone():
    assert first_ballots([SCREENING, OPENING]) == OPENING
    assert first_ballots([SCREENING]) == SCREENING


def test_at_once_somebody_has_seen_the_round_before():
    debate = held("deliberation", 2, "a", "b", "c", heard={"a": ("b",)})
    assert [one.seat for one in shown_ballots([SCREENING, OPENING, debate], 2, "a")] == ["b"]
    assert not list(shown_ballots([SCREENING, OPENING, debate], 2, "c"))
    assert not list(shown_ballots([OPENING], 0, "a"))


def test_in_turn_somebody_has_seen_what_was_spoken_and_nothing_sealed():
    order = ("b", "a", "c")
    first = held("deliberation", 2, "a", "b", "c", heard={"a": ("b",), "c": ("a", "b")}, order=order)
    second = held("deliberation", 3, "a", "b", "c", heard={"a": ("b", "c")}, order=order)
    rounds = [OPENING, first, second]
    assert [(one.seat, one.choice) for one in shown_ballots(rounds, 1, "a")] == [("b", "deliberation 2")]
    assert [(one.seat, one.choice) for one in shown_ballots(rounds, 2, "a")] == [
        ("b", "deliberation 2"), ("c", "deliberation 2"), ("b", "deliberation 3")
    ]  # fmt: skip


def test_a_trial_was_argued_once_jurors_voted_again():
    assert not was_argued([SCREENING, OPENING])
    assert was_argued([OPENING, held("reballot", 2, "a")])
