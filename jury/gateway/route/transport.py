"""The transport to real models: one try through LiteLLM, with our own providers beside its own."""

import asyncio
import json
import logging
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from jury.errors import InputError
from jury.gateway.route.abilities import RESERVE, Abilities, abilities_of
from jury.gateway.route.completion import completion_of
from jury.gateway.route.exhibits import Chat, Exhibits
from jury.gateway.route.failures import SEARCHED, FormRejectedError, SettingRejectedError, failure_of
from jury.gateway.route.ladder import Ladder, response_format
from jury.gateway.route.learning import LearnedSenses
from jury.gateway.route.making import Studio, made_offline, made_online
from jury.gateway.route.ollama_answers import pass_on_answers
from jury.gateway.route.parameter_fallback import ParameterFallback, unsent_settings
from jury.gateway.route.raw_answers import answer_in
from jury.gateway.route.refusals import refused_kinds, refuses_this_one
from jury.gateway.route.wire import Wire
from jury.gateway.spending.local_servers import missing_address
from jury.gateway.spending.prices import prices
from jury.gateway.transport import CallFailedError, exhibit_failure
from jury.media import NOWHERE, Remote
from jury.providers import PROVIDERS, only_makes, provider_of
from jury.records import MEDIA_KINDS, Cause, Completion, Endpoint, MediaKind, ModelFacts, Request, Setting, Structured
from jury.secrets import without_keys
from jury.trust.permissions import STRICT, Permissions

#: LiteLLM's own loggers.
_LOGGERS = ("LiteLLM", "LiteLLM Router", "LiteLLM Proxy")


class LiteLLMTransport:
    """One try at a call through LiteLLM; retries and limits are the gateway's.

    `models` holds what a person states about models; it outweighs LiteLLM's data. `remote` names the hosts that an
    image may be fetched from, where its maker gives its address alone; `permissions` are the user's.
    """

    def __init__(
        self,
        exhibits: Exhibits,
        models: Mapping[str, ModelFacts] | None = None,
        remote: Remote = NOWHERE,
        permissions: Permissions = STRICT,
    ) -> None:
        self._exhibits = exhibits
        self._studio = Studio(exhibits.media, remote)
        self._models = models or {}
        self._permissions = permissions
        self._price_of = prices(models)
        self._litellm = prepared_litellm()
        self._abilities: dict[str, Abilities] = {}
        self._ladder = Ladder()
        self._learned = LearnedSenses()
        self._parameters = ParameterFallback()

    async def attempt(self, request: Request, timeout: float) -> Completion:
        """The model's answer. Raises `CallFailedError` for every failure, with its kind and whether it may pass.

        Where the server refuses the way JSON is asked for, the next plainer way is part of the same try.
        """
        if request.makes == "text" or provider_of(request.model) is None:
            self._check_permitted(request)
        if request.makes != "text":
            return await self._made(request, timeout)
        if only_makes(request.model):
            words = f"model {request.model!r} makes images or clips and says nothing; name one that answers in words"
            raise CallFailedError(Cause(kind="error", detail=words), passing=False, request_at_fault=True)
        if request.answer_schema is None:
            return await self._fitted(request, timeout, None)
        first, *lower = self._ladder.rungs(request, self.able(request.model, request.api_base).structured)
        try:
            return await self._fitted(request, timeout, first)
        except FormRejectedError as rejected:
            return await self._stepped_down(request, timeout, tuple(lower), rejected)

    def _check_permitted(self, request: Request) -> None:
        """Raise `CallFailedError`, which stops the run, for a host or a param that the user has not allowed."""
        refusal = self._permissions.refusal(request.model, request.api_base, request.params)
        if refusal is not None:
            raise CallFailedError(
                Cause(kind="error", detail=refusal[:500]),
                passing=False,
                request_at_fault=True,
                stop=refusal,
                asked=False,
            )

    async def _made(self, request: Request, timeout: float) -> Completion:
        provider = provider_of(request.model)
        try:
            if provider is not None:
                return await made_offline(provider, request, self._studio)
            facts = self._models.get(request.model)
            return await made_online(self._litellm, request, timeout, self._studio, facts)
        except CallFailedError:
            raise
        except TimeoutError:
            raise CallFailedError(Cause(kind="timeout", detail=f"no answer in {timeout:g} s"), passing=True) from None
        except Exception as error:
            raise failure_of(error, request) from None

    def able(self, model: str, api_base: str | None = None) -> Abilities:
        """What a model can do: looked up once, and less what its server at that address has refused since.

        LiteLLM tries hundreds of patterns for a model it doesn't know.
        """
        if model not in self._abilities:
            self._abilities[model] = abilities_of(self._litellm, model, self._models.get(model))
        found, place = self._abilities[model], (model, api_base)
        blind, deaf = (self._learned.refusal(place, kind) for kind in MEDIA_KINDS)
        if not (blind or deaf):
            return found
        return replace(found, sees=False if blind else found.sees, hears=False if deaf else found.hears)

    def learn(self, request: Request, completion: Completion) -> None:
        """Take to heart that a call has found its server to take no images or no clips, as one kept in the ledger says."""
        unable = {one.kind for one in completion.exhibits if one.reason == "unable"}
        if completion.error is not None and completion.error.kind == "exhibit" and unable:
            self._learned.learn(request.endpoint, unable, completion.error)

    async def _stepped_down(
        self, request: Request, timeout: float, rungs: tuple[Structured, ...], rejected: CallFailedError
    ) -> Completion:
        for rung in rungs:
            try:
                completion = await self._fitted(request, timeout, rung)
            except FormRejectedError as again:
                rejected = again
            else:
                self._ladder.remember(request, rung)
                return completion
        raise rejected

    async def _fitted(self, request: Request, timeout: float, rung: Structured | None) -> Completion:
        """One request with the settings that its server takes: one that it refuses is part of the same try."""
        refused: set[Setting] = set()
        while True:
            try:
                return await self._asked(request, timeout, rung)
            except SettingRejectedError as rejected:
                if rejected.setting in refused:
                    raise
                refused.add(rejected.setting)
                self._parameters.learn(request.endpoint, rejected.setting)

    async def _asked(self, request: Request, timeout: float, rung: Structured | None) -> Completion:
        """One request, alone if it is the first to try a kind of exhibit that the model may or may not take."""
        able, kinds = self.able(request.model, request.api_base), request.attached_kinds
        takes = {"image": able.sees, "audio": able.hears}
        async with self._learned.turn(request.endpoint, [kind for kind in kinds if takes[kind] is None]):
            self._check_learned(request, kinds)
            chat = await self._exhibits.chat(
                request.messages, sees=able.sees is not False, hears=able.hears is not False
            )
            wire = Wire(chat.payloads, request.words)
            try:
                completion = await self._sent(request, chat, wire, timeout, rung, able)
            except CallFailedError as failure:
                raise self._about_exhibits(request, wire, failure, failure.cause.detail) or failure from None
            except Exception as error:
                # Cut loose from what caused it: a traceback would show the provider's words as they came.
                found = failure_of(error, request, wire.answer.reply)
                raise self._about_exhibits(request, wire, found, str(error)) or found from None
            if dropped := self._dropped(request, wire):
                raise dropped
            return completion

    async def _sent(
        self, request: Request, chat: Chat, wire: Wire, timeout: float, rung: Structured | None, able: Abilities
    ) -> Completion:
        arguments = {**self._arguments(request, timeout, able), **response_format(request, rung)}
        started = time.perf_counter()
        try:
            async with asyncio.timeout(timeout):
                response = await self._litellm.acompletion(messages=chat.messages, logger_fn=wire, **arguments)
        except TimeoutError:
            raise CallFailedError(Cause(kind="timeout", detail=f"no answer in {timeout:g} s"), passing=True) from None
        except Exception:
            response = answer_in(wire.answer.reply)
            if response is None:
                raise
        spent = time.perf_counter() - started
        price = self._price_of(request.model, request.api_base)
        completion = completion_of(response, price, seconds=spent, rung=rung, sent=wire.answer.reply)
        provider = provider_of(request.model)
        # Who answers by the case's id has seen what it has seen: nothing of this request.
        exhibits = () if provider and provider.addressed else tuple(chat.exhibits)
        unsent = unsent_settings(request, wire.names) if wire.names is not None and provider is None else ()
        return without_keys(completion.but(exhibits=exhibits, unsent=unsent) if exhibits or unsent else completion)

    def _arguments(self, request: Request, timeout: float, able: Abilities) -> dict[str, Any]:
        """What LiteLLM is told beside the messages, as far as the server is known to take it.

        One that wants its limit of tokens under the name that reasoning models have for it gets their room to think.
        """
        reserve, facts = able.reserve, self._models.get(request.model)
        stated = facts is not None and facts.reasoning_reserve is not None
        if not reserve and not stated and self._parameters.refuses(request.endpoint, "max_tokens"):
            reserve = RESERVE
        return self._parameters.fitted(request.endpoint, _arguments(request, timeout, reserve))

    def _check_learned(self, request: Request, kinds: Collection[MediaKind]) -> None:
        """Raise `CallFailedError` where the server has refused such exhibits since the request was made."""
        for kind in kinds:
            cause = self._learned.refusal(request.endpoint, kind)
            if cause is not None:
                raise exhibit_failure(cause, request.delivered({kind}, "withheld", "unable"), asked=False)

    def _dropped(self, request: Request, wire: Wire) -> CallFailedError | None:
        """The failure of a request that LiteLLM has sent without its exhibits; None where they were in it."""
        if not wire.dropped:
            return None
        kinds = {kind for kind, _ in wire.dropped}
        words = f"LiteLLM passes no {' and no '.join(sorted(kinds))} on to {request.model.split('/', 1)[0]}"
        return self._unable(request, kinds, Cause(kind="exhibit", detail=words))

    def _about_exhibits(
        self, request: Request, wire: Wire, failure: CallFailedError, words: str
    ) -> CallFailedError | None:
        """The failure as one of the request's exhibits, if that is what the server says; None for any other."""
        sent = wire.kinds
        if not sent or failure.cause.kind != "error" or failure.stop or failure.throttled:
            return None
        if dropped := self._dropped(request, wire):
            return dropped
        told = f"{words[:SEARCHED]} {failure.cause.detail}"
        cause = failure.cause.but(kind="exhibit")
        if kinds := refused_kinds(told, failure.status, sent):
            return self._unable(request, kinds, cause, failure.status)
        if kinds := refuses_this_one(told, failure.status, sent):
            return exhibit_failure(cause, request.delivered(kinds, "withheld", "refused"), status=failure.status)
        return None

    def _unable(
        self, request: Request, kinds: Collection[MediaKind], cause: Cause, status: int | None = None
    ) -> CallFailedError:
        """The failure of a model that takes no exhibits of some kinds, which is known of it from now on."""
        self._learned.learn(request.endpoint, kinds, cause)
        return exhibit_failure(cause, request.delivered(kinds, "withheld", "unable"), status=status)


def _arguments(request: Request, timeout: float, reserve: int) -> dict[str, Any]:
    """What LiteLLM is told beside the messages; room to think comes on top of the answer's own."""
    optional = {
        "temperature": request.temperature,
        "max_tokens": None if request.max_tokens is None else request.max_tokens + reserve,
        "seed": request.seed,
        "api_base": request.api_base,
        "item": request.item or None,
        "brief": json.dumps(request.brief, ensure_ascii=False) if request.brief else None,
    }
    stated = {name: value for name, value in optional.items() if value is not None}
    return {
        **request.params,
        "model": request.model,
        "timeout": timeout,
        "max_retries": 0,
        "num_retries": 0,
        **stated,
    }


def prepared_litellm() -> Any:
    """LiteLLM, imported late (it takes seconds) and told to fetch nothing."""
    import litellm

    _quieten(litellm)
    litellm.suppress_debug_info = True
    litellm.telemetry = False
    litellm.drop_params = True
    handlers = {name: PROVIDERS.get(name).handler for name in PROVIDERS}
    ours = [{"provider": name, "custom_handler": handler()} for name, handler in handlers.items() if handler]
    others = [entry for entry in litellm.custom_provider_map if entry["provider"] not in PROVIDERS]
    litellm.custom_provider_map = [*others, *ours]
    litellm.utils.custom_llm_setup()
    pass_on_answers(litellm)
    return litellm


def _quieten(litellm: Any) -> None:
    """Take away LiteLLM's own ways of logging: its handlers write keys and bodies as they are; ours blots secrets out."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.setLevel(logging.ERROR)
        logger.propagate = True
    litellm.set_verbose = False
    for kind in (
        "input_callback",
        "success_callback",
        "failure_callback",
        "_async_success_callback",
        "_async_failure_callback",
    ):
        getattr(litellm, kind, []).clear()


def check_providers(endpoints: Iterable[Endpoint]) -> None:
    """Raise `InputError` for a model that can't be asked: all its calls would fail, one by one, or go to another server.

    That is one whose provider LiteLLM does not know, or one without an address whose provider has none of its own.
    """
    litellm = prepared_litellm()
    for model, api_base in endpoints:
        if provider_of(model) is not None:
            continue
        check_address((model, api_base))
        try:
            litellm.get_llm_provider(model)
        except litellm.BadRequestError:
            raise InputError(
                f"no provider is known for model {model!r}; write provider/model, as in openai/gpt-4o, "
                "hosted_vllm/NAME or rehearsal/strict"
            ) from None


def check_address(endpoint: Endpoint) -> None:
    """Raise `InputError` for a model that is served by nobody in particular, while nothing says where."""
    variable = missing_address(endpoint)
    if variable is not None:
        raise InputError(
            f"model {endpoint[0]!r} has no address; state the URL of its server: --target-base for a target, --clerk-base for "
            f"a clerk, api_base in the panel's file, or {variable} in the environment for all"
        )
