"""The gateway: every call of every agent goes through here, and none is paid for twice."""

import asyncio
from dataclasses import dataclass

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt, wait_random_exponential

from jury.gateway.form import Form, T, UnreadableError, is_refusal, read_answer
from jury.gateway.reply import Reply
from jury.gateway.transport import CallFailedError, Transport
from jury.ledger import Ledger
from jury.providers import provider_of
from jury.records import Cause, Completion, Message, Request, TextPart
from jury.usage import in_turn

REPAIR = "Your answer could not be read: {reason}. Answer again, with one JSON object of the form asked for and nothing else."


@dataclass(frozen=True)
class Patience:
    """How long a call may take, how often it is tried, and how many run at once per model."""

    tries: int = 5
    timeout: float = 120.0
    longest_wait: float = 60.0
    per_model: int = 32


class Gateway:
    """Asks models. A finished call is in the ledger before its answer is used; identical calls are made once."""

    def __init__(self, transport: Transport, ledger: Ledger, patience: Patience | None = None) -> None:
        self._transport = transport
        self._ledger = ledger
        self._patience = patience or Patience()
        self._under_way: dict[str, asyncio.Task[Completion]] = {}
        self._slots: dict[str, asyncio.Semaphore] = {}

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
        first = _reading(asked, completion, form)
        if first.error is None or first.error.kind != "unreadable" or not _repairable(request.model):
            return first
        again, completion = await self.complete(_repair_question(request, completion.text, first.error.detail))
        second = _reading(again, completion, form)
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
        completion = await self._tried(request)
        await self._ledger.add_call(request, completion)
        return completion

    async def _tried(self, request: Request) -> Completion:
        patience = self._patience
        tries = 0
        try:
            async for attempt in AsyncRetrying(
                retry=retry_if_exception(_is_passing),
                stop=stop_after_attempt(patience.tries),
                wait=self._pause,
                reraise=True,
            ):
                with attempt:
                    tries = attempt.retry_state.attempt_number
                    async with self._slot(request.model):
                        completion = await self._transport.attempt(request, patience.timeout)
        except CallFailedError as failure:
            return Completion(error=failure.cause, tries=tries)
        return completion.but(tries=tries) if tries > 1 else completion

    def _slot(self, model: str) -> asyncio.Semaphore:
        """The model's own queue: a slow model never holds up a fast one."""
        if model not in self._slots:
            provider = provider_of(model)
            limit = provider.parallel if provider and provider.parallel else self._patience.per_model
            self._slots[model] = asyncio.Semaphore(limit)
        return self._slots[model]

    def _pause(self, state: RetryCallState) -> float:
        """Full jitter, growing; the provider's own wish if it has one, within bounds."""
        failure = state.outcome.exception() if state.outcome else None
        if isinstance(failure, CallFailedError) and failure.retry_after is not None:
            return min(failure.retry_after, self._patience.longest_wait)
        return wait_random_exponential(multiplier=0.5, max=self._patience.longest_wait)(state)


def spoken(completion: Completion) -> tuple[str | None, Cause | None]:
    """The words of a free-text answer, or why there are none."""
    if completion.error is not None:
        return None, completion.error
    if not completion.text.strip():
        return None, Cause(kind="unreadable", detail="is empty")
    return completion.text, None


def _addressed(request: Request) -> Request:
    """The request with the origin of an offline model, and the item only if the model answers by item."""
    provider = provider_of(request.model)
    if provider is None:
        return request.but(item="") if request.item else request
    origin = provider.origin(request.model.split("/", 1)[1])
    return request.but(origin=origin, item=request.item if provider.addressed else "")


def _reading(request: Request, completion: Completion, form: Form[T]) -> Reply[T]:
    parsed, error = None, completion.error
    if error is None:
        try:
            parsed = read_answer(completion.text, form)
        except UnreadableError as problem:
            error = _cause_of(problem, completion)
    return Reply(parsed, completion.text, error, (request.key,), completion.usage)


def _cause_of(problem: UnreadableError, completion: Completion) -> Cause:
    if completion.finish_reason == "length":
        return Cause(
            kind="cut_off", detail=f"stopped at {completion.output_tokens} tokens; raise the juror's max_tokens"
        )
    if is_refusal(problem.said):
        return Cause(kind="refused", detail=_excerpt(problem.said))
    return Cause(kind="unreadable", detail=_excerpt(str(problem)) if completion.text.strip() else "is empty")


def _excerpt(text: str) -> str:
    return text if len(text) <= 300 else text[:300] + "…"


def _repair_question(request: Request, said: str, reason: str) -> Request:
    own = (Message(role="assistant", parts=(TextPart(text=said),)),) if said else ()
    question = Message(role="user", parts=(TextPart(text=REPAIR.format(reason=reason)),))
    return request.but(messages=(*request.messages, *own, question))


def _repairable(model: str) -> bool:
    provider = provider_of(model)
    return provider is None or provider.repairable


def _is_passing(error: BaseException) -> bool:
    return isinstance(error, CallFailedError) and error.passing
