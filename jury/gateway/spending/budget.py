"""The budget of a run: every new call is asked for before it is made, and counted when it is done."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, fields

from jury.errors import InputError, StoppedEarlyError
from jury.gateway.spending.lengths import prompt_tokens
from jury.gateway.spending.making_costs import LARGEST_IMAGE, STATED_AS, CostOfMaking, making_costs
from jury.gateway.spending.prices import Price, PriceOf, prices
from jury.media import MediaKind
from jury.records import Completion, Endpoint, Request

#: Tokens of an answer that a request sets no limit to.
LONGEST_ANSWER = 4096


@dataclass(frozen=True)
class Limits:
    """What a run may spend in all its sittings: US dollars, tokens (in and out), calls. None: as much as it takes."""

    cost: float | None = None
    tokens: int | None = None
    calls: int | None = None

    @property
    def some(self) -> bool:
        """Whether anything is limited at all."""
        return any(getattr(self, limit.name) is not None for limit in fields(self))


@dataclass(frozen=True)
class Spent:
    """What calls took: US dollars, tokens, and their number."""

    cost: float = 0.0
    tokens: int = 0
    calls: int = 0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.cost + other.cost, self.tokens + other.tokens, self.calls + other.calls)

    def __sub__(self, other: "Spent") -> "Spent":
        return Spent(self.cost - other.cost, self.tokens - other.tokens, self.calls - other.calls)

    def __str__(self) -> str:
        return f"${self.cost:.4f}, {self.tokens:,} tokens, {self.calls:,} calls"


class Budget:
    """Holds a run to its limits.

    A call under way holds the most it may take (see `prompt_tokens`; the request's `max_tokens`; the model's price; for
    what is made, `made_cost`). One whose server told of no tokens counts as that much.
    A new call that might break a limit waits until others are done. One that would start with a limit used up stops
    the run. So a limit is overshot by one call at the most, beyond tokens that a reasoning model thinks with.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        price_of: PriceOf | None = None,
        cost_of_making: CostOfMaking | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._price_of = price_of or prices()
        self._cost_of_making = cost_of_making or making_costs()
        self._spent = self._held = Spent()
        self._under_way = 0
        self._settled = asyncio.Condition()

    @property
    def limited(self) -> bool:
        """Whether there is any limit to hold to."""
        return self._limits.some

    @property
    def spent(self) -> Spent:
        """What calls took so far; nothing is counted without limits."""
        return self._spent

    def check(self, models: Iterable[Endpoint], makers: Iterable[tuple[str, MediaKind]] = ()) -> None:
        """Raises `InputError` if money is limited and a model's price is unknown: unknown never counts as nothing."""
        if self._limits.cost is None:
            return
        for endpoint in models:
            self._price(endpoint)
        for maker, kind in makers:
            self._made(maker, kind, "")

    def count(self, calls: Iterable[tuple[Request, Completion]]) -> None:
        """Count calls of earlier sittings. Without limits nothing is read."""
        if self.limited:
            for request, completion in calls:
                self._spent += self._taken(request, completion)

    @asynccontextmanager
    async def call(self, request: Request) -> AsyncIterator["Receipt"]:
        """Room for one new call; what it took goes on the receipt. Raises `StoppedEarlyError` if there is none left."""
        if not self.limited:
            yield Receipt()
            return
        bound = self._bound(request)
        async with self._settled:
            await self._settled.wait_for(lambda: self._has_room(bound))
            self._under_way += 1
            self._held += bound
        receipt = Receipt()
        try:
            yield receipt
        finally:
            await self._settle(request, bound, receipt)

    async def _settle(self, request: Request, bound: Spent, receipt: "Receipt") -> None:
        async with self._settled:
            self._under_way -= 1
            self._held = self._held - bound if self._under_way else Spent()
            if receipt.completion is not None:
                self._spent += self._taken(request, receipt.completion)
            self._settled.notify_all()

    def _has_room(self, bound: Spent) -> bool:
        """Whether a call fits beside those under way; alone it fits as long as no limit is used up."""
        self._stop_if_used_up(bound)
        wanted = self._spent + self._held + bound
        return not self._under_way or all(getattr(wanted, kind) <= limit for kind, limit in self._stated())

    def _stop_if_used_up(self, bound: Spent) -> None:
        """A free call needs no money, so it never stops for want of it."""
        for kind, limit in self._stated():
            if getattr(bound, kind) and getattr(self._spent, kind) >= limit:
                raise StoppedEarlyError(
                    f"the budget --max-{kind} {limit:g} is used up (spent {self._spent}); "
                    f"raise --max-{kind} and run the same command again"
                )

    def _stated(self) -> Iterable[tuple[str, float]]:
        stated = ((limit.name, getattr(self._limits, limit.name)) for limit in fields(self._limits))
        return ((kind, limit) for kind, limit in stated if limit is not None)

    def _bound(self, request: Request) -> Spent:
        asked, said = _most_tokens(request)
        return Spent(self._cost(request, asked, said), asked + said, 1)

    def _taken(self, request: Request, completion: Completion) -> Spent:
        asked, said = completion.input_tokens, completion.output_tokens
        if asked is None or said is None:
            most_asked, most_said = _most_tokens(request)
            asked, said = most_asked if asked is None else asked, most_said if said is None else said
        cost = self._cost(request, asked, said) if completion.cost is None else completion.cost
        return Spent(cost, asked + said, 1 if completion.tries else 0)

    def _cost(self, request: Request, asked: int, said: int) -> float:
        if self._limits.cost is None:
            return 0.0
        if request.makes == "text":
            return self._price((request.model, request.api_base)).of(asked, said)
        return self._made(request.model, request.makes, request.words)

    def _price(self, endpoint: Endpoint) -> Price:
        price = self._price_of(*endpoint)
        if price is None:
            raise _unknown_price(endpoint[0], "input_cost_per_token and output_cost_per_token")
        return price

    def _made(self, maker: str, kind: MediaKind, words: str) -> float:
        cost = self._cost_of_making(maker, kind, words)
        if cost is None:
            raise _unknown_price(maker, STATED_AS[kind])
        return cost


def _most_tokens(request: Request) -> tuple[int, int]:
    """The most tokens a call may take, in and out; providers count none for speech."""
    if request.makes == "audio":
        return 0, 0
    longest = LARGEST_IMAGE if request.makes == "image" else request.max_tokens or LONGEST_ANSWER
    return prompt_tokens(request.messages), longest


def _unknown_price(model: str, facts: str) -> InputError:
    return InputError(
        f"the price of model {model!r} is unknown, so --max-cost can't hold it; state its {facts} "
        "in a YAML file and name that with --models"
    )


@dataclass
class Receipt:
    """Where whoever made a call says what came of it; empty for a call that was broken off."""

    completion: Completion | None = None
