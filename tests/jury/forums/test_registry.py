"""Forums: found by name, held as often as makes sense, and a new one is one function."""

import pytest
from scripted import ScriptedTransport, panel, said
from trials import kinds, trial

from jury.errors import InputError
from jury.forums import FORUMS, Floor, Said, check_forum, forum, speeches_of
from jury.juries import choose_rubric, load_plan, seat
from jury.prompt_files import open_library
from jury.records import Juror, Protocol

LIBRARY = open_library()


@pytest.mark.parametrize(
    ("protocol", "complaint"),
    [
        ({"forum": "market", "rounds": 1}, "unknown forum 'market'; known: advocates, moderator"),
        ({"forum": "advocates:4", "rounds": 1}, "forum 'advocates' has no argument '4'; it takes no arguments"),
        ({"forum": "advocates", "rounds": 4}, "forum 'advocates' is held 3 times at the most; `rounds` is 4"),
    ],
)
def test_what_can_not_be_held_is_named(protocol, complaint):
    with pytest.raises(InputError) as error:
        check_forum(Protocol(name="test", **protocol))
    assert complaint in str(error.value)


def test_a_forum_without_a_round_is_turned_down():
    with pytest.raises(InputError, match="needs a round to be held in"):
        load_plan({"protocol": {"name": "test", "forum": "advocates"}})


def test_jurors_who_hear_a_forum_can_not_speak_in_turn():
    with pytest.raises(InputError, match="do not hear each other"):
        load_plan({"protocol": {"name": "test", "forum": "advocates", "rounds": 1, "speaking": "in_turn"}})


def test_without_a_forum_nobody_speaks():
    assert speeches_of(Protocol(name="test")) == ()


def test_an_officer_of_an_unknown_role_is_turned_down_when_the_jury_is_seated():
    plan = load_plan("critic-defender")
    sitting = panel("safe", officers={"critic": Juror(model="test/safe", role="wizard")})
    with pytest.raises(InputError, match="wizard"):
        seat(plan, sitting, choose_rubric(plan, "safebench", LIBRARY), LIBRARY)


async def test_a_new_forum_is_one_function(tmp_path):
    @forum("lone_critic", [("critic", "advocate/argue")])
    async def lone_critic(floor: Floor) -> list[Said]:
        return [await floor.state("advocate/argue", "critic", said=floor.said)]

    try:
        transport = ScriptedTransport()
        plan = {"protocol": {"name": "mine", "forum": "lone_critic", "rounds": 2}}
        verdict = await trial(tmp_path, panel("unsafe", "unsafe", "safe"), plan, transport=transport)
    finally:
        FORUMS._entries.pop("lone_critic")
    assert kinds(verdict) == ["assessment", "deliberation", "deliberation"]
    assert [len(held.statements) for held in verdict.rounds] == [0, 1, 1]
    assert said(transport.requests[-1]).count("[critic]") == 2  # what was said in the first round is heard again
