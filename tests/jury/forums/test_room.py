"""The room: jurors talk, a moderator calls on them, and whoever fails stops nobody."""

import io

import pytest
from PIL import Image as Pillow
from scripted import ScriptedTransport, panel, said
from trials import LIBRARY, TIRELESS, case, kinds, trial

from graphs.deliberation import graph
from jury.errors import InputError, StoppedEarlyError
from jury.gateway.spending.budget import Limits
from jury.juries import choose_rubric, load_plan, seat
from jury.means import opened
from jury.media import inspect_image
from jury.records import Answer, Case, Completion, ImagePart, Juror, Request, TextPart, Transcript, Turn

ROOM = {"protocol": {"name": "talk", "rounds": 1, "forum": "room:turns=4"}}
CIRCLE = {"protocol": {"name": "talk", "rounds": 1, "forum": "round_robin:turns=5"}}


class Calling(ScriptedTransport):
    """A moderator that always calls on one place, by its letter."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    async def attempt(self, request: Request, timeout: float) -> Completion:
        completion = await super().attempt(request, timeout)
        return completion.but(text=f"{self.place}, please.") if request.model == "test/chair" else completion


def speakers(verdict) -> list[str]:
    return [statement.speaker for statement in verdict.rounds[1].statements]


async def test_jurors_talk_around_the_table_between_two_ballots(tmp_path):
    transport = ScriptedTransport()
    verdict = await trial(tmp_path, panel("unsafe", "safe", "unsafe"), CIRCLE, transport=transport)
    assert kinds(verdict) == ["assessment", "deliberation"]
    assert speakers(verdict) == ["A", "B", "C", "A", "B"]
    talking = [said(request) for request in transport.requests[3:8]]
    assert [text.count("sums up") for text in talking] == [0, 1, 2, 3, 4]
    assert all(said(request).count("sums up") == 5 for request in transport.requests[8:])
    assert verdict.rounds[1].heard == {}


async def test_the_moderator_calls_on_whom_it_names(tmp_path):
    sitting = panel("unsafe", "safe", "unsafe", officers={"moderator": Juror(model="test/chair")})
    verdict = await trial(tmp_path, sitting, ROOM, transport=Calling("C"))
    assert speakers(verdict) == ["moderator", "C"] * 4


@pytest.mark.parametrize("model", ["test/broken", "test/chair"])
async def test_a_moderator_that_fails_or_names_nobody_leaves_it_to_the_circle(tmp_path, model):
    sitting = panel("unsafe", "safe", "unsafe", officers={"moderator": Juror(model=model)})
    verdict = await trial(tmp_path, sitting, ROOM)
    assert speakers(verdict) == ["moderator", "A", "moderator", "B", "moderator", "C", "moderator", "A"]


async def test_a_juror_who_fails_is_heard_of_as_such_and_the_talk_goes_on(tmp_path):
    transport = ScriptedTransport()
    verdict = await trial(tmp_path, panel("unsafe", "unsafe", "unsafe", "broken"), CIRCLE, transport=transport)
    failed = [statement for statement in verdict.rounds[1].statements if statement.cause]
    assert {statement.cause.kind for statement in failed} == {"error"}
    assert len(verdict.rounds[1].statements) == 5
    assert any("This speaker could not be heard." in said(request) for request in transport.requests)
    assert verdict.outcome.choice == "unsafe"


async def test_the_talk_is_replayed_without_a_call(tmp_path):
    sitting = panel("unsafe", "safe", "unsafe", officers={"moderator": Juror(model="test/chair")})
    first = await trial(tmp_path, sitting, ROOM)
    again = ScriptedTransport()
    assert await trial(tmp_path, sitting, ROOM, transport=again) == first
    assert again.requests == []


async def test_a_budget_that_is_used_up_ends_the_trial_as_elsewhere(tmp_path):
    plan = load_plan(CIRCLE)
    jury = seat(plan, panel("unsafe", "safe"), choose_rubric(plan, "safebench", LIBRARY), LIBRARY)
    limits = Limits(calls=3)
    async with opened(tmp_path, LIBRARY, patience=TIRELESS, transport=ScriptedTransport(), limits=limits) as means:
        with pytest.raises(StoppedEarlyError):
            await graph.ainvoke({"transcript": Transcript.recorded(case())}, context=means.courtroom(jury))


async def test_images_are_before_everybody_who_talks(tmp_path):
    buffer = io.BytesIO()
    Pillow.linear_gradient("L").save(buffer, "PNG")
    plan = load_plan(CIRCLE)
    jury = seat(plan, panel("unsafe", "safe"), choose_rubric(plan, "safebench", LIBRARY), LIBRARY)
    transport = ScriptedTransport()
    async with opened(tmp_path, LIBRARY, patience=TIRELESS, transport=transport) as means:
        ref = inspect_image(buffer.getvalue())
        means.media.put(buffer.getvalue(), ref)
        turn = Turn(parts=(TextPart(text="What is this?"), ImagePart(media=ref)))
        shown = Case(id="picture", turns=(turn,), answers=(Answer(text="A ramp."),))
        await graph.ainvoke({"transcript": Transcript.recorded(shown)}, context=means.courtroom(jury))
    images = [
        sum(isinstance(part, ImagePart) for message in request.messages for part in message.parts)
        for request in transport.requests
    ]
    assert set(images) == {1}


@pytest.mark.parametrize("turns", ["0", "2.5", "1000"])
async def test_a_room_without_sensible_turns_is_turned_down(tmp_path, turns):
    plan = {"protocol": {"name": "talk", "rounds": 1, "forum": f"room:turns={turns}"}}
    with pytest.raises(InputError, match="must be a whole number from 1 to 100"):
        await trial(tmp_path, panel("unsafe", "safe"), plan)
