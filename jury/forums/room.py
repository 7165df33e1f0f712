"""A free discussion: the jurors as a team of AutoGen AgentChat, who speak in turn or as a moderator calls on them.

Nothing but talk happens in the room: ballots are taken before and after by the juror's own nodes. Every word comes
through the gateway, so it is kept, replayed and paid for as any other call.
"""

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from jury.courtroom import Said
from jury.errors import InputError
from jury.forums.floor import Floor
from jury.forums.registry import Speech, forum
from jury.panel import Seat

#: Most statements of one discussion.
LONGEST = 100

#: Chooses the next to speak by what was said so far.
Choosing = Callable[[], Awaitable[Seat]]


def _moderated(turns: float = 8) -> Sequence[Speech]:
    return (("moderator", "moderator/call_on"), ("juror", "room/speak")) * _checked(turns)


def _in_circle(turns: float = 8) -> Sequence[Speech]:
    return (("juror", "room/speak"),) * _checked(turns)


@forum("room", _moderated)
async def room(floor: Floor, turns: float = 8) -> list[Said]:
    """A moderator calls on the juror who is to speak next, so many times. Whom it does not name, the circle does."""
    said: list[Said] = []

    async def call_on() -> Seat:
        called = await floor.state(
            "moderator/call_on", "moderator", ballots=(), said=(*floor.said, *(one.statement for one in said))
        )
        said.append(called)
        return _named_in(called.statement.text, floor) or _next_in_circle(floor, said)

    await _discuss(floor, _checked(turns), said, call_on)
    return said


@forum("round_robin", _in_circle)
async def round_robin(floor: Floor, turns: float = 8) -> list[Said]:
    """The jurors speak one after another around the table, so many times."""
    said: list[Said] = []
    await _discuss(floor, _checked(turns), said, None)
    return said


async def _discuss(floor: Floor, turns: int, said: list[Said], choosing: Choosing | None) -> None:
    """Let the team talk; what it says is added to `said`. A juror who fails is heard of as such, and the talk goes on."""
    # Imported late: AutoGen takes a second, and most trials hold no room.
    from jury.gateway.autogen.client import GatewayChatClient
    from jury.gateway.autogen.team import Talk

    circle = floor.table.circle

    async def speak(place: int) -> str:
        heard = (*floor.said, *(one.statement for one in said))
        said.append(await floor.speak("room/speak", circle[place], said=heard))
        return said[-1].statement.text

    talk = Talk(len(circle), speak)
    if choosing is None or len(circle) == 1:
        await talk.round_robin(turns, floor.images)
        return

    async def choose() -> int:
        return circle.index(await choosing())

    moderator = floor.court.officer("moderator").juror
    client = GatewayChatClient(floor.court.gateway, moderator, floor.media, item=floor.transcript.case.id)
    await talk.selected(turns, floor.images, choose, client)


def _named_in(text: str, floor: Floor) -> Seat | None:
    """The first seat that the moderator's words name by its place around the table; None if none is."""
    places = {floor.table.called(seat).partition(" ")[0]: seat for seat in floor.table.circle}
    named = re.search(rf"(?<![\w'])({'|'.join(map(re.escape, places))})(?![\w'])", text)
    return places[named[1]] if named else None


def _next_in_circle(floor: Floor, said: Sequence[Said]) -> Seat:
    circle = floor.table.circle
    ids = [seat.id for seat in circle]
    spoken = [ids.index(one.statement.seat) for one in said if one.statement.seat in ids]
    return circle[(spoken[-1] + 1) % len(circle)] if spoken else circle[0]


def _checked(turns: Any) -> int:
    if turns != int(turns) or not 1 <= turns <= LONGEST:
        raise InputError(f"forum 'room': turns={turns:g} must be a whole number from 1 to {LONGEST}")
    return int(turns)
