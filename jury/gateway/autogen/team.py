"""A team of AutoGen AgentChat whose agents say what somebody else lets them say: AutoGen only decides who is next."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from autogen_agentchat.agents import BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.messages import BaseAgentEvent, BaseChatMessage, MultiModalMessage, TextMessage
from autogen_agentchat.teams import RoundRobinGroupChat, SelectorGroupChat
from autogen_core import CancellationToken

from jury.gateway.autogen.client import GatewayChatClient
from jury.gateway.autogen.messages import StoredImage

T = TypeVar("T")

#: What the agent at a place says when it is its turn.
Speaking = Callable[[int], Awaitable[str]]

#: Chooses the place that speaks next.
Choosing = Callable[[], Awaitable[int]]

#: AutoGen has no empty message: this stands for a juror who failed, whose cause is kept elsewhere.
SILENCE = "…"


class Talk:
    """One discussion of so many places. `failure` is what ended it early: AutoGen itself passes on nothing but its words."""

    def __init__(self, places: int, speak: Speaking) -> None:
        self._speak = speak
        self.agents = [_Seated(place, self) for place in range(places)]
        self.failure: Exception | None = None

    async def round_robin(self, turns: int, images: Sequence[StoredImage]) -> None:
        """So many statements, around the table."""
        await self._held(RoundRobinGroupChat(list(self.agents), max_turns=turns), images)

    async def selected(
        self, turns: int, images: Sequence[StoredImage], choose: Choosing, moderator: GatewayChatClient
    ) -> None:
        """So many statements of those that are chosen."""

        async def chosen(_: Sequence[BaseAgentEvent | BaseChatMessage]) -> str | None:
            return self.agents[await self.noting(choose())].name

        team = SelectorGroupChat(
            list(self.agents), moderator, max_turns=turns, selector_func=chosen, allow_repeated_speaker=True
        )
        await self._held(team, images)

    async def said(self, place: int) -> str:
        """What the agent at a place says."""
        return await self.noting(self._speak(place)) or SILENCE

    async def noting(self, asked: Awaitable[T]) -> T:
        """What was asked for; an error is kept before AutoGen makes another of it."""
        try:
            return await asked
        except Exception as failure:
            self.failure = failure
            raise

    async def _held(self, team: RoundRobinGroupChat | SelectorGroupChat, images: Sequence[StoredImage]) -> None:
        try:
            await team.run(task=MultiModalMessage(content=["The discussion is open.", *images], source="user"))
        except RuntimeError:
            if self.failure is not None:
                raise self.failure from None
            raise


class _Seated(BaseChatAgent):
    """An agent at a place of the table."""

    def __init__(self, place: int, talk: Talk) -> None:
        super().__init__(f"juror_{place + 1}", description="a juror")
        self._place = place
        self._talk = talk

    @property
    def produced_message_types(self) -> Sequence[type[BaseChatMessage]]:
        """Plain text."""
        return (TextMessage,)

    async def on_messages(self, _messages: Sequence[BaseChatMessage], _token: CancellationToken) -> Response:
        """The juror's statement; what the others said is in its prompt already, fenced."""
        return Response(chat_message=TextMessage(content=await self._talk.said(self._place), source=self.name))

    async def on_reset(self, _token: CancellationToken) -> None:
        """Nothing to forget."""
