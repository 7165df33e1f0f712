"""The gateway: every call of every agent goes through here, and none is paid for twice."""

import asyncio

from jury.errors import InputError, StoppedEarlyError
from jury.gateway.answers.form import Form, T
from jury.gateway.answers.repairing import RepairWriter
from jury.gateway.answers.structured import follow_up, reading, remedies, spoken, together
from jury.gateway.attempts import Attempts, Patience
from jury.gateway.call_log import note_call
from jury.gateway.reply import Reply
from jury.gateway.sending import SendingGate
from jury.gateway.spending.budget import Budget
from jury.gateway.transport import Learning, Transport
from jury.ledger import Ledger
from jury.media import MediaStore
from jury.providers import provider_of
from jury.records import Cause, Completion, MediaRef, Request, Usage
from jury.stopping import current_switch
from jury.tracing import call_span, note_completion
from jury.usage import in_turn


class Gateway:
    """Asks models. A finished call is in the ledger before its answer is used; identical calls are made once.

    `spent` is what the calls of this sitting cost; `media` is where the transport puts what it makes; `repairs` words the
    question that is asked where an answer can't be read (by default from the shipped prompts).
    """

    def __init__(
        self,
        transport: Transport,
        ledger: Ledger,
        patience: Patience | None = None,
        budget: Budget | None = None,
        media: MediaStore | None = None,
        repairs: RepairWriter | None = None,
    ) -> None:
        patience = patience or Patience()
        self._transport = transport
        self._run = current_switch()
        self._gate = SendingGate(transport, ledger, self._run)
        self._run.watch(self._gate.in_flight, self._give_up)
        self._attempts = Attempts(self._gate, patience)
        self._grace = patience.timeout
        self._ledger = ledger
        self._media = media
        self._repairs = repairs or RepairWriter()
        self.budget = budget or Budget()
        self._under_way: dict[str, asyncio.Task[Completion]] = {}
        self.spent = Usage()

    @property
    def ledger(self) -> Ledger:
        """Where the calls are kept."""
        return self._ledger

    @property
    def transport(self) -> Transport:
        """What makes the calls; it may be able to tell what its models take (`jury.clerk.senses_of`)."""
        return self._transport

    @property
    def media(self) -> MediaStore | None:
        """Where images and clips are kept, None for a gateway that was opened without."""
        return self._media

    def knows(self, request: Request) -> bool:
        """Whether the answer to a request is in the ledger, so that asking makes no call."""
        return self._ledger.find(_addressed(request).key) is not None

    async def complete(self, request: Request, lane: str = "") -> tuple[Request, Completion]:
        """The model's answer to a request as it was kept, and what was kept. A failure is a completion with an error.

        Where many wait for one model, lanes take turns; a case's id makes a good lane.
        """
        addressed = _addressed(request)
        with call_span(addressed) as span:
            known = await self._ledger.look_up(addressed.key)
            if known is not None and isinstance(self._transport, Learning):
                self._transport.learn(addressed, known)
            completion = known or await self._finished(addressed, lane)
            note_completion(span, completion, replayed=known is not None)
        return addressed, completion

    async def enter(self, request: Request, completion: Completion) -> None:
        """Keep what somebody who can't be called has said: from then on it is the answer to the request."""
        await self._ledger.add_call(_addressed(request), completion)

    async def say(self, request: Request, lane: str = "") -> Reply[str]:
        """A free-text answer. An empty one is unreadable."""
        asked, completion = await self.complete(request, lane)
        text, error = spoken(completion)
        keys = (asked.key,) if completion.asked else ()
        return Reply(text, completion.text, error, keys, completion.usage, completion.exhibits)

    async def ask(self, request: Request, form: Form[T], lane: str = "", language: str = "en") -> Reply[T]:
        """An answer that fits a form. What can't be read or is cut off is asked for once more, then it is invalid.

        `language` is that of the question, in which it is asked again (English where there are no words in it).
        """
        request = request.but(answer_schema=form.schema)
        left = remedies(self._repairs, form, language) if _repairable(request.model) else {}
        replies: list[Reply[T]] = []
        while True:
            asked, completion = await self.complete(request, lane)
            if replies and not completion.asked:
                break  # the model went out of service in between: what it said before stands
            replies.append(reading(asked, completion, form))
            following = follow_up(asked, completion, replies[-1], left)
            if following is None:
                break
            request = following
        return together(replies)

    async def make(self, request: Request, lane: str = "") -> Reply[MediaRef]:
        """An image or a clip; its bytes are in the media store before the call is in the ledger.

        Bytes that are gone since are a cause that names the file, unless an offline maker makes the same again.
        """
        asked, completion = await self.complete(request, lane)
        error = completion.error
        if error is None and completion.media is None:
            error = Cause(kind="missing", detail=f"nothing was made by {request.model}")
        if error is None and completion.media is not None:
            error = await self._gone(asked, completion.media, lane)
        keys = (asked.key,) if completion.asked else ()
        return Reply(completion.media if error is None else None, "", error, keys, completion.usage)

    async def close(self, grace: float | None = None) -> None:
        """Send nothing more, and let calls in flight finish, so that what is paid for is kept.

        They have `grace` seconds, by default as long as a call may take, unless the run's switch gives them up.
        """
        self._gate.own.stop(StoppedEarlyError("the run has ended"))
        for key, task in list(self._under_way.items()):
            if self._run.given_up or key not in self._gate.in_flight:
                task.cancel()
        if self._under_way:
            await asyncio.wait(self._under_way.values(), timeout=self._grace if grace is None else grace)
        self._give_up()

    def _give_up(self) -> None:
        for task in list(self._under_way.values()):
            task.cancel()

    async def _gone(self, request: Request, ref: MediaRef, lane: str) -> Cause | None:
        """Why the bytes of what was made are not there; None if they are, or are again.

        What was paid for is not made anew: another image would stand under the call of the first.
        """
        if self._media is None:
            return None
        try:
            await asyncio.to_thread(self._media.read, ref)
        except InputError:
            offline = provider_of(request.model) is not None
            if offline and (await self._attempts.made(request, lane)).media == ref:
                return None
            file = f"{ref.sha256[:2]}/{self._media.path(ref).name}"
            detail = f"the file {file} of the media folder is gone or altered; put it back or start in another folder"
            return Cause(kind="missing", detail=detail)
        return None

    async def _finished(self, request: Request, lane: str) -> Completion:
        task = self._under_way.get(request.key)
        if task is None:
            task = asyncio.create_task(self._make(request, lane))
            self._under_way[request.key] = task
            task.add_done_callback(lambda done: self._landed(request.key, done))
        # Shielded: a call that is paid for is finished and kept even if the case that asked is cancelled.
        return await asyncio.shield(task)

    def _landed(self, key: str, done: "asyncio.Task[Completion]") -> None:
        """A call is over. Its error goes to the callers that still wait; if none does, it is dropped."""
        self._under_way.pop(key, None)
        self._gate.in_flight.discard(key)
        if not done.cancelled():
            done.exception()

    async def _make(self, request: Request, lane: str) -> Completion:
        try:
            return await self._made(request, lane)
        except StoppedEarlyError as reason:
            self._gate.own.stop(reason)  # a used-up budget or a broken store stops all other calls too
            raise

    async def _made(self, request: Request, lane: str) -> Completion:
        async with self.budget.call(request) as receipt:
            completion = await self._attempts.made(request, lane)
            if not completion.asked:
                return completion  # nothing to keep: on resume the question is asked
            kept = await self._ledger.add_call(request, completion)
            receipt.completion = completion
        self.spent = in_turn([self.spent, completion.usage])
        note_call(request, completion)
        return kept


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
