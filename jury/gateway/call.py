"""The gateway: every call of every agent goes through here, and none is paid for twice."""

import asyncio

from jury.gateway.attempts import Attempts, Patience
from jury.gateway.form import Form, T
from jury.gateway.reply import Reply
from jury.gateway.structured import reading, repair_question, spoken
from jury.gateway.transport import Transport
from jury.ledger import Ledger
from jury.providers import provider_of
from jury.records import Completion, Request
from jury.usage import in_turn


class Gateway:
    """Asks models. A finished call is in the ledger before its answer is used; identical calls are made once."""

    def __init__(self, transport: Transport, ledger: Ledger, patience: Patience | None = None) -> None:
        self._attempts = Attempts(transport, patience or Patience())
        self._ledger = ledger
        self._under_way: dict[str, asyncio.Task[Completion]] = {}

    @property
    def ledger(self) -> Ledger:
        """Where the calls are kept."""
        return self._ledger

    async def complete(self, request: Request) -> tuple[Request, Completion]:
        """The model's answer to a request as it was kept, and what was kept. A failure is a completion with an error."""
        addressed = _addressed(request)
        return addressed, await self._finished(addressed)

    async def say(self, request: Request) -> Reply[str]:
        """A free-text answer. An empty one is unreadable."""
        asked, completion = await self.complete(request)
        text, error = spoken(completion)
        return Reply(text, completion.text, error, (asked.key,), completion.usage)

    async def ask(self, request: Request, form: Form[T]) -> Reply[T]:
        """An answer that fits a form. What can't be read is asked for once more, then it is invalid."""
        request = request.but(answer_schema=form.schema)
        asked, completion = await self.complete(request)
        first = reading(asked, completion, form)
        if first.error is None or first.error.kind != "unreadable" or not _repairable(request.model):
            return first
        again, completion = await self.complete(repair_question(request, completion.text, first.error.detail))
        second = reading(again, completion, form)
        usage = in_turn([first.usage, second.usage])
        return Reply(second.parsed, second.text, second.error, (*first.keys, *second.keys), usage)

    async def close(self, grace: float = 10.0) -> None:
        """Let calls that are under way finish for some seconds, so that what is paid for is kept."""
        if self._under_way:
            await asyncio.wait(self._under_way.values(), timeout=grace)
        for task in list(self._under_way.values()):
            task.cancel()

    async def _finished(self, request: Request) -> Completion:
        known = self._ledger.find(request.key)
        if known is not None:
            return known
        task = self._under_way.get(request.key)
        if task is None:
            task = asyncio.create_task(self._make(request))
            self._under_way[request.key] = task
            task.add_done_callback(lambda _: self._under_way.pop(request.key, None))
        # Shielded: a call that is paid for is finished and kept even if the case that asked is cancelled.
        return await asyncio.shield(task)

    async def _make(self, request: Request) -> Completion:
        completion = await self._attempts.made(request)
        await self._ledger.add_call(request, completion)
        return completion


def _addressed(request: Request) -> Request:
    """The request with the origin of an offline model, and the item only if the model answers by item."""
    provider = provider_of(request.model)
    if provider is None:
        return request.but(item="") if request.item else request
    origin = provider.origin(request.model.split("/", 1)[1])
    return request.but(origin=origin, item=request.item if provider.addressed else "")


def _repairable(model: str) -> bool:
    provider = provider_of(model)
    return provider is None or provider.repairable
