"""Forums by name: who speaks, and on what, before the jurors of a round vote again."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jury.errors import InputError
from jury.records import Office, Protocol, Round, Statement
from jury.registry import Registry
from jury.spelling import arguments, name_of

if TYPE_CHECKING:
    from jury.courtroom import Said
    from jury.forums.floor import Floor

#: From the floor, and the forum's own arguments by keyword, to what was said, in its order.
Speaking = Callable[..., Awaitable[Sequence["Said"]]]

#: One speech: who makes it (an office, or `juror` for anybody with a seat), and the template that asks for it.
Speech = tuple[Office | str, str]


@dataclass(frozen=True)
class Forum:
    """A forum's function, the speeches of one of its rounds (at the most), and how many rounds of it there may be.

    What was said in earlier rounds jurors hear again unless the forum is not `lasting`.
    """

    function: Speaking
    speeches: Callable[..., Sequence[Speech]]
    most_rounds: int | None = None
    lasting: bool = True


FORUMS: Registry[Forum] = Registry("forum")


def forum(
    name: str,
    speeches: Sequence[Speech] | Callable[..., Sequence[Speech]],
    *,
    most_rounds: int | None = None,
    lasting: bool = True,
) -> Callable[[Speaking], Speaking]:
    """Register a forum: an async function from a `Floor`, and arguments by keyword, to what was said.

    `speeches` are those of one round, as a list, or as a function of the arguments where they decide how many there are:
    prompts are proofread and costs are reckoned by them before anybody is asked, and a run keeps their templates: what a
    forum does not name here, it can't have anybody say.
    """
    listed = speeches if callable(speeches) else lambda **_: speeches

    def register(function: Speaking) -> Speaking:
        FORUMS.add(name)(Forum(function, listed, most_rounds, lasting))
        return function

    return register


def check_forum(protocol: Protocol) -> None:
    """Raise `InputError` for a forum that is unknown, badly written, or held too often."""
    if protocol.forum is None:
        return
    found = FORUMS.get(name_of(protocol.forum))
    arguments("forum", protocol.forum, found.function)
    if found.most_rounds is not None and protocol.rounds > found.most_rounds:
        raise InputError(
            f"forum {protocol.forum!r} is held {found.most_rounds} times at the most; `rounds` is {protocol.rounds}"
        )


def speeches_of(protocol: Protocol) -> Sequence[Speech]:
    """The speeches of one round of a protocol's forum, at the most; none without one."""
    if protocol.forum is None:
        return ()
    found = FORUMS.get(name_of(protocol.forum))
    return found.speeches(**arguments("forum", protocol.forum, found.function))


def heard_in(protocol: Protocol, rounds: Sequence[Round], now: Sequence[Statement]) -> tuple[Statement, ...]:
    """What jurors hear before they vote: what was said now and, if the forum is lasting, in earlier rounds."""
    if protocol.forum is None or not FORUMS.get(name_of(protocol.forum)).lasting:
        return tuple(now)
    return (*(statement for held in rounds for statement in held.statements), *now)


async def hold(floor: "Floor", protocol: Protocol) -> Sequence["Said"]:
    """What is said in one round of a protocol's forum."""
    written: Any = protocol.forum
    found = FORUMS.get(name_of(written))
    return await found.function(floor, **arguments("forum", written, found.function))
