"""Requests and tokens per minute: calls wait until the last sixty seconds have room for them."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from jury.records import ModelLimits, Request, TextPart

#: The length of the window, in seconds.
MINUTE = 60.0

#: The longest wait without another look, in seconds: an answer may give back tokens that were reserved for it.
NAP = 1.0

#: Characters per token, a rule of thumb for English; an exhibit's tokens, a guess. Both are corrected by the answer.
CHARACTERS_PER_TOKEN = 4
TOKENS_PER_EXHIBIT = 800

Clock = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]


@dataclass
class Share:
    """What one call takes out of a window, and since when."""

    at: float
    amount: int


class Window:
    """So much in any sixty seconds. What is larger than the whole window goes through alone."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._shares: deque[Share] = deque()
        self._sum = 0

    def pause(self, amount: int, now: float) -> float:
        """Seconds until there is room for an amount; 0 if there is."""
        self._forget(now)
        excess = self._sum + amount - self._per_minute
        for share in self._shares:
            if excess <= 0:
                break
            excess -= share.amount
            if excess <= 0 or share is self._shares[-1]:
                return share.at + MINUTE - now
        return 0.0

    def take(self, amount: int, now: float) -> Share:
        """Take an amount, room or not."""
        share = Share(now, amount)
        self._shares.append(share)
        self._sum += amount
        return share

    def correct(self, share: Share, amount: int) -> None:
        """Put the true amount in the place of an estimate, unless it has left the window."""
        if self._shares and share.at >= self._shares[0].at:
            self._sum += amount - share.amount
            share.amount = amount

    def _forget(self, now: float) -> None:
        while self._shares and self._shares[0].at + MINUTE <= now:
            self._sum -= self._shares.popleft().amount


class Rates:
    """The windows of one model; callers are let through one after the other, in the order they came."""

    def __init__(self, limits: ModelLimits, clock: Clock, sleep: Sleep = asyncio.sleep) -> None:
        self._requests = Window(limits.requests_per_minute) if limits.requests_per_minute else None
        self._tokens = Window(limits.tokens_per_minute) if limits.tokens_per_minute else None
        self._clock = clock
        self._sleep = sleep
        self._turn = asyncio.Lock()

    async def admit(self, request: Request) -> Share | None:
        """Wait until a call has room, and take it; the share of the tokens is for `settle`."""
        if self._requests is None and self._tokens is None:
            return None
        tokens = estimated_tokens(request)
        async with self._turn:
            while (pause := self._pause(tokens)) > 0:
                await self._sleep(min(pause, NAP))
            now = self._clock()
            if self._requests is not None:
                self._requests.take(1, now)
            return self._tokens.take(tokens, now) if self._tokens is not None else None

    def settle(self, share: Share | None, tokens: int) -> None:
        """Correct an estimate by what a call really took."""
        if share is not None and self._tokens is not None:
            self._tokens.correct(share, tokens)

    def _pause(self, tokens: int) -> float:
        now = self._clock()
        requests = self._requests.pause(1, now) if self._requests is not None else 0.0
        return max(requests, self._tokens.pause(tokens, now) if self._tokens is not None else 0.0)


def estimated_tokens(request: Request) -> int:
    """The tokens a request may take at most: what it says, its exhibits, and the longest answer it allows."""
    parts = [part for message in request.messages for part in message.parts]
    words = sum(len(part.text) for part in parts if isinstance(part, TextPart))
    exhibits = sum(1 for part in parts if not isinstance(part, TextPart))
    return words // CHARACTERS_PER_TOKEN + exhibits * TOKENS_PER_EXHIBIT + (request.max_tokens or 0)
