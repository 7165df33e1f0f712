"""AutoGen's agents as callers of the gateway: with its limits, its budget, its ledger, and so its replay."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal

from autogen_core import CancellationToken
from autogen_core.models import ChatCompletionClient, CreateResult, LLMMessage, ModelFamily, ModelInfo, RequestUsage
from autogen_core.tools import Tool, ToolSchema
from pydantic import BaseModel, ValidationError

from jury.clerk.senses import Senses, Stated, takes
from jury.errors import InputError, JuryError
from jury.gateway.answers.class_form import ANY_OBJECT, form_of
from jury.gateway.answers.structured import reading, spoken
from jury.gateway.autogen.messages import NO_TOOLS, Heard, holds_new_images, messages_of, named
from jury.gateway.call import Gateway
from jury.gateway.reply import Reply
from jury.gateway.spending.lengths import prompt_tokens
from jury.media import MediaStore
from jury.records import Cause, Completion, Juror, Message, Request
from jury.usage import in_turn

JsonOutput = bool | type[BaseModel] | None
ToolChoice = Tool | Literal["auto", "required", "none"]

# AutoGen would log every failure again, with a traceback, and every message with all that is said in it.
for _talkative in ("autogen_core", "autogen_agentchat"):
    logging.getLogger(_talkative).setLevel(logging.CRITICAL)

_ALL_SENSES = Stated()
_REASONS: dict[str, Literal["stop", "length", "content_filter"]] = {
    "stop": "stop",
    "length": "length",
    "content_filter": "content_filter",
}


class UnansweredError(JuryError):
    """A model gave no answer. AutoGen has no place for a failure as data: whoever runs the team makes it data again."""

    def __init__(self, cause: Cause) -> None:
        super().__init__(str(cause))
        self.cause = cause


class GatewayChatClient(ChatCompletionClient):
    """A juror's model as AutoGen's agents know models. Every answer comes through the gateway.

    `item` is the case's id, `sample` tells equal minds apart, `senses` are what the model takes (see
    `jury.clerk.senses_of`). `heard` makes of a speaker's name and words what the others are shown; it may fence them.
    An image that is not a `StoredImage` is put into `media`. `language` is that in which an answer is asked for again. `failure` is the error the last question ended with.
    """

    def __init__(
        self,
        gateway: Gateway,
        juror: Juror,
        media: MediaStore,
        *,
        item: str = "",
        sample: int = 0,
        senses: Senses = _ALL_SENSES,
        heard: Heard = named,
        language: str = "en",
    ) -> None:
        self._gateway = gateway
        self._juror = juror
        self._media = media
        self._item = item
        self._sample = sample
        self._senses = senses
        self._heard = heard
        self._language = language
        self._replies: list[tuple[Reply[str], bool]] = []
        self.failure: Exception | None = None

    async def create(
        self,
        messages: Sequence[LLMMessage],
        *,
        tools: Sequence[Tool | ToolSchema] = (),
        tool_choice: ToolChoice = "auto",
        json_output: JsonOutput = None,
        extra_create_args: Mapping[str, Any] | None = None,
        cancellation_token: CancellationToken | None = None,
    ) -> CreateResult:
        """The model's answer; with `json_output` an object in JSON, of a class's form if one is given.

        `extra_create_args` are settings of the juror (`temperature`, `max_tokens`, `seed`) or parameters for LiteLLM.
        Raises `UnansweredError` for a call that failed, `StoppedEarlyError` where the budget is used up, `InputError`
        for tools. A cancelled call that is under way is finished and kept all the same.
        """
        self.failure = None
        answering = asyncio.create_task(
            self._create(messages, tools, tool_choice, json_output, extra_create_args or {})
        )
        if cancellation_token is not None:
            cancellation_token.link_future(answering)
        try:
            return await answering
        except Exception as error:
            self.failure = error
            raise

    async def create_stream(
        self,
        messages: Sequence[LLMMessage],
        *,
        tools: Sequence[Tool | ToolSchema] = (),
        tool_choice: ToolChoice = "auto",
        json_output: JsonOutput = None,
        extra_create_args: Mapping[str, Any] | None = None,
        cancellation_token: CancellationToken | None = None,
    ) -> AsyncGenerator[str | CreateResult, None]:
        """The answer of `create` as the only piece: an answer is kept whole before anybody sees it."""
        yield await self.create(
            messages,
            tools=tools,
            tool_choice=tool_choice,
            json_output=json_output,
            extra_create_args=extra_create_args,
            cancellation_token=cancellation_token,
        )

    async def close(self) -> None:
        """Nothing to do: the gateway belongs to whoever opened it."""

    @property
    def replies(self) -> tuple[Reply[str], ...]:
        """What the model said so far, in turn, with its calls, their cost, and the cause where there is no answer."""
        return tuple(reply for reply, _ in self._replies)

    def actual_usage(self) -> RequestUsage:
        """The tokens of the calls that were made."""
        return _tokens(reply for reply, cached in self._replies if not cached)

    def total_usage(self) -> RequestUsage:
        """The tokens of all answers, those from the ledger among them."""
        return _tokens(self.replies)

    def count_tokens(self, messages: Sequence[LLMMessage], *, tools: Sequence[Tool | ToolSchema] = ()) -> int:
        """A prompt's tokens, rather too many than too few (see `prompt_tokens`)."""
        self._refuse_tools(tools, "auto")
        return prompt_tokens(self._records(messages))

    def remaining_tokens(self, messages: Sequence[LLMMessage], *, tools: Sequence[Tool | ToolSchema] = ()) -> int:
        """What is left of the model's context by LiteLLM's data. Raises `InputError` where it doesn't know the model."""
        return _context_of(self._juror.model) - self.count_tokens(messages, tools=tools)

    @property
    def model_info(self) -> ModelInfo:
        """What AutoGen may ask of the model. Its family is left unknown: AutoGen would treat it otherwise than the rest."""
        return ModelInfo(
            vision=takes(self._senses, "image"),
            function_calling=False,
            json_output=True,
            structured_output=True,
            family=ModelFamily.UNKNOWN,
            multiple_system_messages=False,
        )

    @property
    def capabilities(self) -> ModelInfo:
        """The same as `model_info`, under the name AutoGen used to know."""
        return self.model_info

    async def _create(
        self,
        messages: Sequence[LLMMessage],
        tools: Sequence[Tool | ToolSchema],
        tool_choice: ToolChoice,
        json_output: JsonOutput,
        extra: Mapping[str, Any],
    ) -> CreateResult:
        self._refuse_tools(tools, tool_choice)
        juror, asked = _set(self._juror, extra), await self._records_beside(messages)
        request = Request.by(juror, asked, sample=self._sample, item=self._item)
        if isinstance(json_output, type):
            return await self._filled_in(request, json_output)
        return await self._said(request, as_object=bool(json_output))

    async def _filled_in(self, request: Request, form: type[BaseModel]) -> CreateResult:
        """An answer that fits a class, asked for as ballots are."""
        wanted = form_of(form)
        cached = self._gateway.knows(request.but(answer_schema=wanted.schema))
        return self._result(
            await self._gateway.ask(request, wanted, lane=self._item, language=self._language), cached=cached
        )

    async def _said(self, request: Request, *, as_object: bool) -> CreateResult:
        """An answer in words, or in JSON of whatever form."""
        if as_object:
            request = request.but(params={**request.params, "response_format": {"type": "json_object"}})
        cached = self._gateway.knows(request)
        asked, completion = await self._gateway.complete(request, lane=self._item)
        reply = reading(asked, completion, ANY_OBJECT) if as_object else _words(asked, completion)
        reason = _REASONS.get(completion.finish_reason, "unknown")
        thought = completion.thinking or None
        return self._result(reply, cached=cached).model_copy(update={"finish_reason": reason, "thought": thought})

    def _result(self, reply: Reply[str], *, cached: bool) -> CreateResult:
        """What AutoGen is told of a reply. Raises `UnansweredError` for one without an answer."""
        self._replies.append((reply, cached))
        if reply.parsed is None:
            raise UnansweredError(reply.error or Cause(kind="unreadable"))
        return CreateResult(finish_reason="stop", content=reply.parsed, usage=_tokens([reply]), cached=cached)

    def _refuse_tools(self, tools: Sequence[Tool | ToolSchema], choice: ToolChoice) -> None:
        if tools or choice not in ("auto", "none"):
            raise InputError(f"model {self._juror.model!r} {NO_TOOLS}")

    def _records(self, messages: Sequence[LLMMessage]) -> tuple[Message, ...]:
        return messages_of(messages, self._media, self._heard)

    async def _records_beside(self, messages: Sequence[LLMMessage]) -> tuple[Message, ...]:
        """The messages; images that must be encoded hold nobody up."""
        if holds_new_images(messages):
            return await asyncio.to_thread(self._records, messages)
        return self._records(messages)


@contextmanager
def unwrapped(*clients: GatewayChatClient) -> Iterator[None]:
    """Around a team's run: its models' own error is raised in place of AutoGen's, which is nothing but its words."""
    try:
        yield
    except RuntimeError:
        for client in clients:
            if client.failure is not None:
                raise client.failure from None
        raise


def _set(juror: Juror, extra: Mapping[str, Any]) -> Juror:
    """The juror in other settings. Raises `InputError` for one that can't be."""
    own = {name: extra[name] for name in ("temperature", "max_tokens", "seed") if name in extra}
    params = {name: value for name, value in extra.items() if name not in own}
    try:
        return juror.but(**own, params={**juror.params, **params}) if extra else juror
    except ValidationError as error:
        raise InputError(f"extra_create_args: {error.errors()[0]['msg']}; change or leave out the setting") from None


def _words(request: Request, completion: Completion) -> Reply[str]:
    text, error = spoken(completion)
    keys = (request.key,) if completion.asked else ()
    return Reply(text, completion.text, error, keys, completion.usage, completion.exhibits)


def _tokens(replies: Iterable[Reply[str]]) -> RequestUsage:
    usage = in_turn(reply.usage for reply in replies)
    return RequestUsage(usage.input_tokens, usage.output_tokens)


def _context_of(model: str) -> int:
    import litellm

    try:
        context = litellm.get_model_info(model).get("max_input_tokens")
    except Exception:
        context = None
    if context is None:
        raise InputError(f"nobody says how long a prompt model {model!r} takes; use a context that counts messages")
    return int(context)
