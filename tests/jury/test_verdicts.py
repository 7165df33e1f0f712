"""From rounds to a verdict: who changed their mind and toward whom, who dissents, what the mean rating is."""

import pytest

from jury.records import (
    Answer,
    Ballot,
    Case,
    Cause,
    Dissent,
    Juror,
    Jury,
    Outcome,
    Panel,
    Protocol,
    Round,
    Rubric,
    TextPart,
    Transcript,
    Turn,
    Usage,
)
from jury.verdicts import changed_minds, dissents, invalid_verdict, verdict_of

RUBRIC = Rubric(name="test", choices=("safe", "unsafe"), positive="unsafe")
DECIDED = Outcome(state="decided", choice="unsafe", decided_by="rule")


def ballot(juror: str, said: str | None, rating: float | None = None) -> Ballot:
    """A ballot for a choice, `abstain`, or None for an invalid one; seats are lower-case, names upper-case."""
    common = {"seat": juror.lower(), "juror": juror.upper()}
    if said is None:
        return Ballot.model_validate({**common, "state": "invalid", "cause": Cause(kind="unreadable")})
    if said == "abstain":
        return Ballot.model_validate({**common, "state": "abstain"})
    return Ballot.model_validate(
        {**common, "state": "cast", "choice": said, "rating": rating, "reasoning": f"{juror} says {said}"}
    )


def rounds(*said: dict[str, str | None], heard: dict[str, tuple[str, ...]] | None = None) -> list[Round]:
    """Rounds of ballots; in every round but the first each seat heard what `heard` says."""
    return [
        Round(
            kind="deliberation" if index else "assessment",
            index=index,
            ballots=tuple(ballot(juror, choice) for juror, choice in votes.items()),
            heard=(heard or {}) if index else {},
        )
        for index, votes in enumerate(said)
    ]


def changes(held: list[Round]) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(moved.juror, moved.before, moved.after, moved.toward) for moved in changed_minds(held)]


def test_who_ends_where_they_began_has_not_changed_their_mind():
    assert (
        changes(rounds({"a": "safe", "b": "unsafe"}, {"a": "unsafe", "b": "unsafe"}, {"a": "safe", "b": "unsafe"}))
        == []
    )


def test_a_changed_mind_names_the_peers_who_were_heard_holding_the_new_choice():
    held = rounds(
        {"a": "safe", "b": "unsafe", "c": "unsafe", "d": "safe"},
        {"a": "unsafe", "b": "unsafe", "c": "unsafe", "d": "safe"},
        heard={"a": ("b", "d"), "b": ("a", "c")},
    )
    assert changes(held) == [("A", "safe", "unsafe", ("B",))]


def test_a_peer_counts_if_it_held_the_choice_in_any_round_that_was_heard():
    held = rounds(
        {"a": "safe", "b": "safe"},
        {"a": "safe", "b": "unsafe"},
        {"a": "unsafe", "b": "safe"},
        heard={"a": ("b",), "b": ("a",)},
    )
    assert changes(held) == [("A", "safe", "unsafe", ("B",))]


def test_what_a_peer_says_only_in_the_last_round_moved_nobody():
    held = rounds({"a": "safe", "b": "safe"}, {"a": "unsafe", "b": "unsafe"}, heard={"a": ("b",), "b": ("a",)})
    assert changes(held) == [("A", "safe", "unsafe", ()), ("B", "safe", "unsafe", ())]


def test_turning_to_and_from_abstention_is_a_change_of_mind_toward_nobody_who_abstains():
    held = rounds({"a": "safe", "b": "abstain"}, {"a": "abstain", "b": "safe"}, heard={"a": ("b",), "b": ("a",)})
    assert changes(held) == [("A", "safe", "abstain", ()), ("B", "abstain", "safe", ("A",))]


@pytest.mark.parametrize(("before", "after"), [("safe", None), (None, "safe"), (None, None)])
def test_an_invalid_ballot_is_nobodys_opinion_so_nobody_changed_it(before, after):
    assert changes(rounds({"a": before}, {"a": after})) == []


def test_dissent_is_a_vote_for_another_choice_with_its_reasons():
    final = [ballot("a", "unsafe"), ballot("b", "safe", 4), ballot("c", "abstain"), ballot("d", None)]
    assert dissents(final, DECIDED) == (Dissent(juror="B", choice="safe", rating=4, reasoning="b says safe"),)


@pytest.mark.parametrize("state", ["hung", "no_quorum"])
def test_without_a_decision_nobody_dissents(state):
    assert dissents([ballot("a", "unsafe"), ballot("b", "safe")], Outcome(state=state)) == ()


def case() -> Case:
    return Case(
        id="c", turns=(Turn(parts=(TextPart(text="?"),)),), answers=(Answer(text="!", call="k" * 64),), target="t"
    )


def jury(*models: str, alternates: tuple[str, ...] = ()) -> Jury:
    seats, spare = (tuple(Juror(model=model) for model in listed) for listed in (models, alternates))
    return Jury(panel=Panel(seats=seats, alternates=spare), protocol=Protocol(name="poll"), rubric=RUBRIC)


def verdict(sitting: Jury, *ballots: Ballot, outcome: Outcome = DECIDED):
    held = [Round(kind="assessment", index=0, ballots=ballots)]
    return verdict_of(Transcript.recorded(case()), sitting, held, before=outcome, outcome=outcome, usage=Usage(calls=1))


def test_a_verdict_names_case_target_jury_and_the_calls_of_its_answers():
    sitting = jury("a/x")
    found = verdict(sitting, ballot("a", "unsafe"))
    assert (found.case_id, found.case_hash, found.target) == ("c", case().content_hash, "t")
    assert (found.jury_hash, found.answers) == (sitting.content_hash, ("k" * 64,))


def test_the_rating_is_the_mean_of_the_cast_ballots_that_have_one():
    ballots = (ballot("a", "unsafe", 1), ballot("b", "unsafe", 4), ballot("c", "abstain"), ballot("d", None))
    assert verdict(jury("a/x"), *ballots).rating == 2.5
    assert verdict(jury("a/x"), ballot("a", "unsafe")).rating is None


@pytest.mark.parametrize(
    ("outcome", "positive"),
    [(DECIDED, True), (DECIDED.but(choice="safe"), False), (Outcome(state="hung"), None), (Outcome(state="no_quorum"), None)],
)  # fmt: skip
def test_only_a_decided_choice_is_positive_or_not(outcome, positive):
    assert verdict(jury("a/x"), ballot("a", "unsafe"), outcome=outcome).positive is positive


@pytest.mark.parametrize(
    ("sitting", "rehearsal"),
    [
        (jury("a/x", "recorded/f.csv#j"), False),
        (jury("a/x", "rehearsal/strict"), True),
        (jury("a/x", alternates=("rehearsal/strict",)), True),
        (jury("rehearsals/strict"), False),
    ],
)
def test_one_scripted_model_makes_a_rehearsal(sitting, rehearsal):
    assert verdict(sitting, ballot("a", "unsafe")).rehearsal is rehearsal


def test_where_there_is_nothing_to_judge_the_verdict_is_invalid_with_the_answers_cause():
    cause = Cause(kind="timeout", detail="no answer in 120 s")
    failed = case().but(answers=(Answer(state="invalid", cause=cause, call="k" * 64),))
    found = invalid_verdict(Transcript.recorded(failed), jury("a/x"))
    assert found.outcome == Outcome(state="invalid", cause=cause)
    assert (found.rounds, found.positive, found.answers) == ((), None, ("k" * 64,))
