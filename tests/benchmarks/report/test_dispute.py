"""How disputed a trial is, worked out by hand."""

import pytest

from benchmarks.report.dispute import Dispute, disagreement, dispute_of
from jury.records import Ballot, Cause, ChangedMind, Outcome, Round, Verdict


def ballots(*choices: str) -> tuple[Ballot, ...]:
    def ballot(number: int, choice: str) -> Ballot:
        who = {"seat": str(number), "juror": str(number)}
        if choice == "abstain":
            return Ballot(**who, state="abstain")
        if choice == "invalid":
            return Ballot(**who, state="invalid", cause=Cause(kind="timeout"))
        return Ballot(**who, state="cast", choice=choice)

    return tuple(ballot(number, choice) for number, choice in enumerate(choices))


def verdict(*rounds: tuple[Ballot, ...], changed: int = 0, hung: bool = False) -> Verdict:
    return Verdict(
        case_id="a",
        case_hash="b",
        jury_hash="c",
        outcome=Outcome(state="hung") if hung else Outcome(state="decided", choice="safe"),
        rounds=tuple(
            Round(kind="deliberation" if index else "assessment", index=index, ballots=held)
            for index, held in enumerate(rounds)
        ),
        changed=tuple(ChangedMind(juror=str(number), before="safe", after="unsafe") for number in range(changed)),
    )


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        ((), 0),
        (("safe", "safe", "safe"), 0),
        (("safe", "unsafe"), 1 / 2),
        (("safe", "safe", "safe", "unsafe", "unsafe"), 12 / 25),
        (("safe", "unsafe", "abstain"), 2 / 3),
        (("safe", "safe", "invalid"), 0),
        (("invalid",), 0),
    ],
)
def test_disagreement_is_one_minus_the_sum_of_squared_shares(votes, expected):
    assert disagreement(ballots(*votes)) == pytest.approx(expected)


def test_only_the_last_ballots_count_for_disagreement():
    settled = verdict(ballots("safe", "unsafe"), ballots("safe", "safe"), changed=1)
    assert dispute_of(settled) == Dispute(disagreement=0, changed=1, hung=False, rounds=2)


def test_disagreement_goes_before_changed_minds_and_they_before_a_hung_jury():
    split = verdict(ballots("safe", "unsafe"))
    moved = verdict(ballots("safe", "safe"), changed=2)
    hung = verdict(ballots("safe", "safe"), hung=True)
    quiet = verdict(ballots("safe", "safe"))
    assert dispute_of(split) > dispute_of(moved) > dispute_of(hung) > dispute_of(quiet)


def test_a_unanimous_panel_that_never_moved_is_no_dispute():
    assert not dispute_of(verdict(ballots("safe", "safe"))).is_one
    assert not dispute_of(verdict()).is_one
    assert dispute_of(verdict(ballots("safe", "safe"), hung=True)).is_one
