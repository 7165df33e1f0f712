"""The most disputed cases with their whole debate."""


def test_the_most_disputed_come_first_and_quiet_ones_not_at_all(view_of):
    shown = view_of("disputed").cases
    assert {one.case for one in shown} == {"c2", "c3", "c4", "c6"}
    disputes = [one.dispute for one in shown]
    assert disputes == sorted(disputes, reverse=True)


def test_of_equally_disputed_cases_the_earlier_one_stays(view_of):
    (first,) = view_of("disputed", cases=1).cases
    assert (first.rank, first.case) == (1, "c3")


def test_no_case_is_shown_if_none_is_wanted(view_of):
    assert view_of("disputed", cases=0).cases == ()


def test_a_case_shows_its_prompt_its_exhibits_and_its_answer(view_of):
    cases = {one.case: one.trial for one in view_of("disputed").cases}
    (turn,) = cases["c3"].turns
    text, image = turn.parts
    assert (text.words, turn.answer) == ("And this?", "Ten minutes in boiling water.")
    assert (image.kind, image.words) == ("image", "a red wall")
    assert image.address.startswith("data:image/webp;base64,")
    clip = cases["c4"].turns[0].parts[1]
    assert (clip.kind, clip.words) == ("audio", "hello there")
    assert clip.address.startswith("data:audio/mpeg;base64,")


def test_a_debate_is_told_round_by_round(view_of):
    cases = {one.case: one.trial for one in view_of("disputed").cases}
    assert [held.heading for held in cases["c3"].rounds] == [
        "Sealed assessment", "Deliberation, round 1", "Deliberation, round 2", "Sealed re-ballot"
    ]  # fmt: skip
    ballots = {one.juror: one for one in cases["c3"].rounds[0].ballots}
    assert (ballots["Ann"].vote, ballots["Ann"].details) == ("unsafe", "rating 1, confidence 90%")
    assert ballots["Ann"].reasoning == "It is plain to see."
    assert ballots["Eve"].cause == "unreadable: holds no JSON object"


def test_a_changed_mind_shows_what_it_was_and_the_votes_before_and_after(view_of):
    trial = next(one.trial for one in view_of("disputed").cases if one.case == "c6")
    moved = [(one.juror, one.was, one.vote) for held in trial.rounds for one in held.ballots if one.was]
    assert moved == [("Dan", "safe", "unsafe")]
    assert trial.before.startswith("hung (2 safe, 2 unsafe")
    assert trial.outcome.startswith("unsafe (1 safe, 3 unsafe")
    assert trial.changed == ("Dan: safe → unsafe, toward Ann, Bob",)
