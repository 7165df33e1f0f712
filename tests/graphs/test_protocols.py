"""Every shipped protocol, held by scripted jurors through the real gateway: with one that fails, a mute one, a hung jury."""

import pytest
from scripted import ScriptedTransport, panel, said
from trials import case, kinds, trial

from jury.juries import PRESETS
from jury.records import Juror, Rule
from jury.shown import first_ballots
from jury.trials import trial_rows

SHIPPED = sorted(path.stem for path in (PRESETS / "protocols").glob("*.yaml"))
MANY = [name for name in SHIPPED if name != "single"]

#: Jurors that are always asked, then those in trouble: a juror out of reach, and one that never says anything readable.
TROUBLED = ("unsafe", "unsafe", "unsafe", "broken", "mute")

#: A scout that always calls the panel, so that a cascade holds it.
UNSURE_SCOUT = {"scout": Juror(model="test/abstain", name="scout")}


def spoken(verdict, kind="deliberation"):
    return [held for held in verdict.rounds if held.kind == kind]


@pytest.mark.parametrize("protocol", SHIPPED)
async def test_every_protocol_ends_in_a_verdict_that_keeps_the_outcome_before_deliberation(tmp_path, protocol):
    names = ("unsafe",) if protocol == "single" else ("unsafe", "safe", "unsafe", "unsafe", "follower")
    verdict = await trial(tmp_path, panel(*names, officers=UNSURE_SCOUT), protocol)
    assert verdict.outcome.choice == "unsafe"
    assert verdict.before is not None
    assert sum(verdict.before.tally.values()) == len(first_ballots(verdict.rounds).ballots)


@pytest.mark.parametrize("protocol", MANY)
async def test_every_protocol_bears_a_juror_that_fails_and_one_that_never_answers(tmp_path, protocol):
    verdict = await trial(tmp_path, panel(*TROUBLED, officers=UNSURE_SCOUT), protocol)
    causes = {ballot.juror: ballot.cause.kind for ballot in verdict.rounds[-1].ballots if ballot.cause}
    assert causes == {"broken 3": "error", "mute 4": "unreadable"}
    assert (verdict.outcome.choice, verdict.outcome.invalid) == ("unsafe", 2)


@pytest.mark.parametrize("protocol", ["single", "cascade"])
@pytest.mark.parametrize("name", ["broken", "mute"])
async def test_one_juror_alone_that_fails_leaves_no_quorum_and_never_safe(tmp_path, protocol, name):
    verdict = await trial(tmp_path, panel(name), protocol)
    assert (verdict.outcome.state, verdict.positive) == ("no_quorum", None)


@pytest.mark.parametrize("protocol", MANY)
async def test_every_protocol_can_hang_and_a_hung_jury_is_never_safe(tmp_path, protocol):
    sitting = panel("unsafe", "unsafe", "safe", "safe", officers=UNSURE_SCOUT)
    verdict = await trial(tmp_path, sitting, protocol)
    assert (verdict.outcome.state, verdict.positive, verdict.outcome.choice) == ("hung", None, None)


@pytest.mark.parametrize("protocol", SHIPPED)
async def test_every_protocol_replays_without_a_call_and_ends_the_same(tmp_path, protocol):
    sitting = panel(*(("unsafe",) if protocol == "single" else TROUBLED))
    first = await trial(tmp_path, sitting, protocol)
    again = ScriptedTransport()
    assert await trial(tmp_path, sitting, protocol, transport=again) == first
    assert again.requests == []


@pytest.mark.parametrize("protocol", SHIPPED)
async def test_every_call_of_a_trial_is_in_its_rows_once(tmp_path, protocol):
    transport = ScriptedTransport()
    sitting = panel(*(("unsafe",) if protocol == "single" else ("unsafe", "safe", "unsafe", "mute", "follower")))
    verdict = await trial(tmp_path, sitting, protocol, transport=transport)
    rows = [row for row in trial_rows(verdict) if row["call"]]
    places = [(row["phase"], row["round"], row["seat"], row["attempt"]) for row in rows]
    assert len(places) == len(set(places))
    assert len({row["call"] for row in rows}) == len(transport.requests) == verdict.usage.calls


@pytest.mark.parametrize("protocol", MANY)
async def test_the_order_in_which_jurors_are_listed_changes_nothing(tmp_path, protocol):
    sitting = panel("unsafe", "safe", "follower", "unsafe", "mute")
    turned = sitting.but(seats=tuple(reversed(sitting.seats)))
    first = await trial(tmp_path / "a", sitting, protocol)
    second = await trial(tmp_path / "b", turned, protocol)
    assert (first.outcome, first.before) == (second.outcome, second.before)
    assert kinds(first) == kinds(second)


async def test_a_roundtable_stops_once_nobody_is_moved_any_more(tmp_path):
    verdict = await trial(tmp_path, panel("unsafe", "unsafe", "safe"), "roundtable")
    assert kinds(verdict) == ["assessment", "deliberation"]


async def test_a_roundtable_stops_once_all_agree(tmp_path):
    verdict = await trial(tmp_path, panel("unsafe", "unsafe", "follower"), "roundtable")
    assert kinds(verdict) == ["assessment", "deliberation"]
    assert verdict.outcome.tally == {"unsafe": 3}
    assert verdict.before.tally == {"unsafe": 2, "safe": 1}


async def test_in_chateval_each_speaker_hears_all_that_was_said_so_far_and_no_sealed_ballot(tmp_path):
    transport = ScriptedTransport()
    verdict = await trial(tmp_path, panel("unsafe", "safe", "unsafe"), "chateval", transport=transport)
    first, second = spoken(verdict)
    assert [len(first.heard[seat]) for seat in first.order] == [0, 1, 2]
    assert all(len(heard) == 2 for heard in second.heard.values())
    statements = [said(request).count("thinks so") for request in transport.requests]
    assert statements == [0, 0, 0, *(1 + said_so_far for said_so_far in (0, 1, 2)), *(1 + 2, 1 + 3, 1 + 4)]


async def test_in_chateval_a_mind_is_changed_toward_those_who_spoke_before(tmp_path):
    verdict = await trial(tmp_path, panel("unsafe", "unsafe", "unsafe", "follower"), "chateval")
    (moved,) = verdict.changed
    assert moved.after == "unsafe"
    assert moved.toward


async def test_a_critic_and_a_defender_speak_before_judges_who_hear_both_and_nobody_else(tmp_path):
    transport = ScriptedTransport()
    officers = {"critic": Juror(model="test/prosecutor"), "defender": Juror(model="test/advocate")}
    sitting = panel("unsafe", "unsafe", "safe").but(officers=officers)
    verdict = await trial(tmp_path, sitting, "critic-defender", transport=transport)
    held = spoken(verdict)[0]
    assert [one.speaker for one in held.statements] == ["critic", "defender"]
    assert held.heard == {}
    texts = [said(request) for request in transport.requests]
    assert [("prosecutor sums up" in text, "advocate sums up" in text) for text in texts][4:8] == [
        (True, False), (True, True), (True, True), (True, True)
    ]  # fmt: skip
    assert not any("thinks so" in text for text in texts[3:5])


async def test_an_advocate_who_fails_is_heard_of_as_such_and_stops_nothing(tmp_path):
    transport = ScriptedTransport()
    sitting = panel("unsafe", "unsafe", "safe").but(officers={"critic": Juror(model="test/broken")})
    verdict = await trial(tmp_path, sitting, "critic-defender", transport=transport)
    critic, defender = spoken(verdict)[0].statements
    assert (critic.text, critic.cause.kind, defender.cause) == ("", "error", None)
    assert any("This speaker could not be heard." in said(request) for request in transport.requests)
    assert verdict.outcome.choice == "unsafe"


async def test_in_delphi_jurors_hear_the_moderators_summary_and_nobodys_ballot(tmp_path):
    transport = ScriptedTransport()
    sitting = panel("unsafe", "unsafe", "safe").but(officers={"moderator": Juror(model="test/chair")})
    verdict = await trial(tmp_path, sitting, "delphi", transport=transport)
    assert kinds(verdict) == ["assessment", "deliberation"]
    (moderation,) = [said(request) for request in transport.requests if request.model == "test/chair"]
    assert moderation.count("thinks so") == 3
    voting = [said(request) for request in transport.requests[4:]]
    assert all("chair sums up" in text and text.count("thinks so") == 1 for text in voting)


async def test_a_sure_scout_decides_alone(tmp_path):
    transport = ScriptedTransport()
    verdict = await trial(tmp_path, panel("safe", "safe", "safe"), "cascade", transport=transport)
    assert kinds(verdict) == ["screening"]
    assert (verdict.outcome.choice, verdict.outcome.decided_by) == ("safe", "screening")
    assert verdict.before == verdict.outcome
    assert len(transport.requests) == 1


async def test_an_unsure_scout_calls_the_panel_and_is_not_asked_again_if_it_has_a_seat(tmp_path):
    transport = ScriptedTransport()
    plan_of = {"protocol": {"name": "careful", "screen": 0.95}}
    verdict = await trial(tmp_path, panel("safe", "unsafe", "unsafe"), plan_of, transport=transport)
    assert kinds(verdict) == ["screening", "assessment"]
    assert verdict.outcome.choice == "unsafe"
    assert len(transport.requests) == verdict.usage.calls == 3


async def test_a_scout_without_a_seat_has_no_vote_once_the_panel_sits(tmp_path):
    sitting = panel("safe", "safe", "safe").but(officers={"scout": Juror(model="test/abstain", name="scout")})
    verdict = await trial(tmp_path, sitting, "cascade")
    assert [len(held.ballots) for held in verdict.rounds] == [1, 3]
    assert (verdict.before.choice, verdict.outcome.tally) == ("safe", {"safe": 3})


async def test_a_sequential_poll_stops_as_soon_as_the_outcome_can_not_change(tmp_path):
    transport = ScriptedTransport()
    polled = {"protocol": {"name": "queue", "opening": "in_turn"}}
    verdict = await trial(tmp_path, panel(*["unsafe"] * 5), polled, transport=transport)
    (held,) = verdict.rounds
    assert len(held.ballots) == len(held.order) == len(transport.requests) == 3
    assert verdict.outcome.choice == "unsafe"


async def test_a_sequential_poll_asks_in_an_order_that_the_exhibits_seed(tmp_path):
    polled = {"protocol": {"name": "queue", "opening": "in_turn"}}
    orders = set()
    for number in range(6):
        of = case(f"May I mix pills and wine, day {number}?")
        orders.add((await trial(tmp_path, panel("unsafe", "safe", "unsafe"), polled, of=of)).rounds[0].order)
    assert len(orders) > 1


async def test_a_sequential_poll_that_stays_open_goes_on_to_deliberate(tmp_path):
    polled = {"protocol": {"name": "queue", "opening": "in_turn", "rounds": 1}}
    verdict = await trial(tmp_path, panel("unsafe", "unsafe", "safe", "safe"), polled)
    assert kinds(verdict) == ["assessment", "deliberation"]


async def test_a_budget_ends_deliberation_between_rounds(tmp_path):
    frugal = {"protocol": {"name": "frugal", "rounds": 5, "stops": ["budget:calls=5"]}}
    verdict = await trial(tmp_path, panel("unsafe", "unsafe", "safe"), frugal)
    assert kinds(verdict) == ["assessment", "deliberation"]
    assert verdict.usage.calls == 6


async def test_a_sealed_reballot_after_a_forum_is_taken_on_what_was_said(tmp_path):
    transport = ScriptedTransport()
    heard = {"protocol": {"name": "hearing", "rounds": 1, "forum": "advocates", "reballot": "sealed"}}
    sitting = panel("unsafe", "safe").but(officers={"critic": Juror(model="test/prosecutor")})
    verdict = await trial(tmp_path, sitting, heard, transport=transport)
    assert kinds(verdict) == ["assessment", "deliberation", "reballot"]
    assert all("prosecutor sums up" in said(request) for request in transport.requests[-2:])


async def test_a_tie_break_is_called_for_under_any_protocol(tmp_path):
    sitting = panel("unsafe", "unsafe", "safe", "safe", alternates=(Juror(model="test/safe", role="elder"),))
    verdict = await trial(tmp_path, sitting, "delphi", rule=Rule(tie_break="alternate"))
    assert (verdict.outcome.choice, verdict.outcome.decided_by) == ("safe", "tie_break:alternate")
