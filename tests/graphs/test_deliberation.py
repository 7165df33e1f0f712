"""The trial as it is held: who is asked, who hears whom, when it stops, what comes out."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scripted import ScriptedTransport, panel, said
from trials import case, kinds, trial

from jury.records import Juror, Rule, Verdict


async def test_a_poll_is_one_round_in_which_nobody_hears_anybody(tmp_path):
    transport = ScriptedTransport()
    verdict = await trial(tmp_path, panel("unsafe", "unsafe", "safe"), "poll", transport=transport)
    assert kinds(verdict) == ["assessment"]
    assert verdict.rounds[0].heard == {}
    assert (verdict.outcome.choice, verdict.positive, verdict.summary) == ("unsafe", True, None)
    assert verdict.usage.calls == 3


async def test_a_settled_trial_goes_straight_to_its_verdict(tmp_path):
    verdict = await trial(tmp_path, panel("unsafe", "unsafe", "unsafe", "unsafe", "safe"), "trial")
    assert kinds(verdict) == ["assessment"]
    assert verdict.outcome == verdict.before
    assert verdict.summary is not None


async def test_an_unsettled_trial_argues_two_rounds_and_votes_once_more_in_secret(tmp_path):
    verdict = await trial(tmp_path, panel("unsafe", "unsafe", "unsafe", "safe", "safe"), "trial")
    assert kinds(verdict) == ["assessment", "deliberation", "deliberation", "reballot"]
    assert verdict.outcome.choice == "unsafe"
    assert {one.choice for one in verdict.dissent} == {"safe"}


async def test_deliberation_ends_early_once_the_panel_is_settled(tmp_path):
    verdict = await trial(tmp_path, panel("unsafe", "unsafe", "unsafe", "follower", "follower"), "trial")
    assert kinds(verdict)[-1] == "reballot"
    assert verdict.before.choice == "unsafe"
    assert all(moved.after == "unsafe" and moved.toward for moved in verdict.changed)


async def test_on_the_trials_ring_a_juror_hears_two_neighbours_without_their_roles(tmp_path):
    transport = ScriptedTransport()
    verdict = await trial(tmp_path, panel("unsafe", "unsafe", "unsafe", "safe", "safe"), "trial", transport=transport)
    assert all(len(heard) == 2 for heard in verdict.rounds[1].heard.values())
    deliberating = [said(request) for request in transport.requests if "Other jurors" in said(request)]
    assert deliberating
    assert not any("(juror)" in text for text in deliberating)


async def test_safebench_is_one_round_in_which_all_see_all_and_vote_again(tmp_path):
    transport = ScriptedTransport()
    verdict = await trial(
        tmp_path, panel("unsafe", "unsafe", "safe", "safe", "follower"), "safebench", transport=transport
    )
    assert kinds(verdict) == ["assessment", "deliberation"]
    assert all(len(heard) == 4 for heard in verdict.rounds[1].heard.values())
    assert verdict.usage.calls == 11  # five jurors twice, and the summary
    assert verdict.rating == sum(ballot.rating for ballot in verdict.rounds[-1].ballots) / 5


async def test_a_failed_juror_and_a_mute_one_are_invalid_seats_with_their_causes(tmp_path):
    verdict = await trial(tmp_path, panel("unsafe", "unsafe", "unsafe", "broken", "mute"), "poll")
    causes = {ballot.juror: ballot.cause.kind for ballot in verdict.rounds[0].ballots if ballot.cause}
    assert causes == {"broken 3": "error", "mute 4": "unreadable"}
    assert verdict.outcome.choice == "unsafe"
    assert verdict.outcome.invalid == 2


async def test_an_unreadable_ballot_is_asked_for_once_more(tmp_path):
    transport = ScriptedTransport()
    verdict = await trial(tmp_path, panel("mute"), "single", transport=transport)
    (ballot,) = verdict.rounds[0].ballots
    assert len(ballot.calls) == len(transport.requests) == 2
    repair = transport.requests[1].messages
    assert repair[-2].parts[0].text == "cannot say"
    assert "could not be read" in repair[-1].parts[0].text


async def test_a_hung_jury_stays_hung_unless_a_tie_break_is_named(tmp_path):
    verdict = await trial(tmp_path, panel("unsafe", "safe"), "poll")
    assert (verdict.outcome.state, verdict.positive) == ("hung", None)


@pytest.mark.parametrize(
    ("tie_break", "choice"), [("positive", "unsafe"), ("foreperson", "unsafe"), ("alternate", "safe")]
)
async def test_a_named_tie_break_decides_and_is_recorded_as_such(tmp_path, tie_break, choice):
    sitting = panel(
        "unsafe",
        "safe",
        alternates=(Juror(name="spare", model="test/safe", role="elder"),),
        foreperson=Juror(name="chair", model="test/unsafe", role="foreperson"),
    )
    verdict = await trial(tmp_path, sitting, "poll", rule=Rule(tie_break=tie_break))
    assert (verdict.outcome.choice, verdict.outcome.decided_by) == (choice, f"tie_break:{tie_break}")
    assert (verdict.tie_break is None) == (tie_break == "positive")
    assert verdict.before.state == "hung"


async def test_a_foreperson_who_can_not_sum_up_changes_no_verdict(tmp_path):
    sitting = panel("unsafe", "unsafe", "unsafe", foreperson=Juror(model="test/broken"))
    verdict = await trial(tmp_path, sitting, "safebench")
    assert verdict.outcome.choice == "unsafe"
    assert verdict.summary.text == ""
    assert verdict.summary.cause.kind == "error"


async def test_the_same_trial_again_makes_no_call_and_ends_the_same(tmp_path):
    sitting = panel("unsafe", "safe", "follower", "mute", "broken")
    first = await trial(tmp_path, sitting, "trial")
    again = ScriptedTransport()
    assert await trial(tmp_path, sitting, "trial", transport=again) == first
    assert again.requests == []


async def test_equal_minds_in_two_seats_are_asked_separately(tmp_path):
    transport = ScriptedTransport()
    await trial(tmp_path, panel("safe", "safe", "safe"), "poll", transport=transport)
    assert len({request.key for request in transport.requests}) == 3


async def test_jurors_learn_nothing_but_the_exhibits(tmp_path):
    transport = ScriptedTransport()
    await trial(tmp_path, panel("safe", "unsafe", "safe"), "trial", of=case(name="unsafe-17"), transport=transport)
    for request in transport.requests:
        assert "unsafe-17" not in said(request)
        assert "some/model" not in said(request)


panels = st.lists(st.sampled_from(["safe", "unsafe", "abstain", "follower", "mute", "broken"]), min_size=1, max_size=5)
relaxed = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def findings(verdict: Verdict) -> object:
    """What a verdict says, without names of jurors or calls."""
    return (
        verdict.outcome,
        verdict.before,
        verdict.rating,
        [sorted(ballot.state for ballot in r.ballots) for r in verdict.rounds],
    )


@relaxed
@given(names=panels, random=st.randoms(use_true_random=False), protocol=st.sampled_from(["poll", "safebench", "trial"]))
async def test_permuting_the_jurors_never_changes_a_verdict(tmp_path_factory, names, random, protocol):
    listed = panel(*names)
    shuffled = listed.but(seats=tuple(random.sample(listed.seats, len(listed.seats))))
    first = await trial(tmp_path_factory.mktemp("a"), listed, protocol)
    other = await trial(tmp_path_factory.mktemp("b"), shuffled, protocol)
    assert findings(first) == findings(other)


@relaxed
@given(names=panels, protocol=st.sampled_from(["poll", "safebench", "trial"]))
async def test_a_duplicated_case_gets_the_same_verdict_and_costs_nothing(tmp_path_factory, names, protocol):
    folder = tmp_path_factory.mktemp("c")
    first = await trial(folder, panel(*names), protocol, of=case(name="one"))
    transport = ScriptedTransport()
    twin = await trial(folder, panel(*names), protocol, of=case(name="two"), transport=transport)
    assert findings(first) == findings(twin)
    assert transport.requests == []


@relaxed
@given(names=panels, seat_number=st.integers(0, 4))
async def test_turning_a_juror_invalid_never_turns_a_polls_verdict_around(tmp_path_factory, names, seat_number):
    spoiled = [*names]
    spoiled[seat_number % len(names)] = "broken"
    first = await trial(tmp_path_factory.mktemp("d"), panel(*names), "poll")
    other = await trial(tmp_path_factory.mktemp("e"), panel(*spoiled), "poll")
    assert other.outcome.choice in {first.outcome.choice, None}
