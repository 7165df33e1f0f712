"""The check-up: a few real calls to every model, all models at once, each model's one after the other."""

import asyncio
import os
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from jury.checkup.findings import NO_FAULT_OF_THE_EXHIBIT, Ailment, diagnosed, found
from jury.checkup.questions import Question, ballot, hearing, sight
from jury.checkup.record import Checkup, Needs, Sense
from jury.checkup.recording import Recording, asking, recorded_http
from jury.checkup.subjects import Subject
from jury.errors import InputError
from jury.gateway.answers.structured import reading
from jury.gateway.attempts import Patience
from jury.gateway.call import Gateway
from jury.gateway.route.exhibits import Exhibits
from jury.gateway.route.transport import LiteLLMTransport, check_address, prepared_litellm
from jury.gateway.spending.prices import PriceOf, prices
from jury.gateway.transport import CallFailedError, Transport
from jury.juries import check_model
from jury.means import MEDIA, opened
from jury.media import MediaStore
from jury.prompt_files import open_library
from jury.providers import provider_of
from jury.records import Cause, Completion, ModelFacts, Request
from jury.trust.permissions import STRICT, Permissions

#: Seconds a call may take; each is tried once.
TIMEOUT = 30.0

_LACKING: dict[Sense, Ailment] = {"sees": "no_vision", "hears": "no_audio"}

_UNPRICED = (
    "price unknown, so --max-cost can't hold it; state input_cost_per_token and output_cost_per_token in --models"
)


async def check_up(
    subjects: Sequence[Subject],
    folder: Path,
    *,
    needs: Needs | None = None,
    models: Mapping[str, ModelFacts] | None = None,
    timeout: float = TIMEOUT,
    recording: Recording | None = None,
    permissions: Permissions = STRICT,
) -> tuple[Checkup, ...]:
    """A check-up of every subject, in their order; the calls are kept in `folder`. `models` outweighs LiteLLM's data.

    Each model gets a ballot to fill in, and unless it is known to be blind or deaf, a known image and a known clip. Of a
    model that answers by the case's id, only its file is looked at; a scripted one is not asked to see or hear. A
    `recording` notes what goes over HTTP.
    """
    media = MediaStore(folder / MEDIA)
    line = LiteLLMTransport(Exhibits(media), models, permissions=permissions)
    noting = _Noting(line)
    patience = Patience(tries=1, timeout=timeout)
    async with opened(
        folder, open_library(), patience=patience, transport=noting, models=models, permissions=permissions
    ) as means:
        doctor = _Doctor(means.gateway, line, noting, media, needs or Needs(), prices(models))
        with recorded_http(recording) if recording else nullcontext():
            return tuple(await asyncio.gather(*(doctor.examined(subject) for subject in subjects)))


class _Noting:
    """A transport that notes failures: what the ledger keeps of them is words.

    What stops a run, such as an empty account, is a finding here, and no rate limit is waited for.
    """

    def __init__(self, line: Transport) -> None:
        self._line = line
        self.failures: dict[str, CallFailedError] = {}

    async def attempt(self, request: Request, timeout: float) -> Completion:
        try:
            return await self._line.attempt(request, timeout)
        except CallFailedError as failure:
            self.failures[request.key] = failure
            raise CallFailedError(failure.cause, passing=False, status=failure.status, throttled=False) from None


@dataclass(frozen=True)
class _Told:
    """What came of one question: the choice, or what is wrong and in which words."""

    completion: Completion
    choice: str = ""
    kind: Ailment | None = None
    detail: str = ""


@dataclass(frozen=True)
class _Doctor:
    """Examines one model at a time, with means that all share."""

    gateway: Gateway
    line: LiteLLMTransport
    noting: _Noting
    media: MediaStore
    needs: Needs
    price_of: PriceOf

    async def examined(self, subject: Subject) -> Checkup:
        provider = provider_of(subject.model)
        try:
            check_model(subject.model)
        except InputError as error:
            return Checkup(subject).worse(found("unknown_model", str(error)), reachable=False)
        try:
            check_address(subject.settings.endpoint)
        except InputError as error:
            return Checkup(subject).worse(found("wrong_address", str(error)), reachable=False)
        if provider and (provider.addressed or provider.briefed):
            return Checkup(subject, reachable=True)
        checkup = await self._asked(subject)
        if self.price_of(*subject.settings.endpoint) is None:
            checkup = checkup.noted(_UNPRICED)
        answered = checkup.structured is not None and checkup.verdict != "refused"
        if not answered or (provider and provider.rehearsal):
            return checkup
        unlisted = [sense for sense in _LACKING if self._claims(subject, sense) is None]
        checkup = await self._sensed(checkup, "sees", sight(self.media))
        checkup = await self._sensed(checkup, "hears", hearing(self.media))
        return checkup.noted(_assumed(checkup, unlisted)) if unlisted else checkup

    async def _asked(self, subject: Subject) -> Checkup:
        """Key, reach and form, all from the ballot."""
        missing = missing_keys(subject)
        told = await self._ask(subject, ballot(), "ballot")
        checkup = Checkup(subject, calls=1, rung=told.completion.structured)
        if not missing and provider_of(subject.model) is None:
            checkup = checkup.but(key=True)
        if told.kind is None:
            return checkup.but(reachable=True, structured=True)
        if told.completion.error is not None:
            return _failed(checkup, told.kind, told.detail, missing)
        checkup = checkup.but(reachable=True, structured=False)
        return checkup.worse(found(told.kind, told.detail)) if subject.votes else checkup

    async def _sensed(self, checkup: Checkup, sense: Sense, question: Question) -> Checkup:
        """One sense, by an exhibit whose answer is known. A sense that is neither claimed nor needed is no finding."""
        lacking, claimed = _LACKING[sense], self._claims(checkup.subject, sense)
        if claimed is False:
            checkup = checkup.but(**{sense: False})
            denied = found(lacking, "LiteLLM's data or --models say that it can't")
            return checkup.worse(denied) if self.needs.names(sense) else checkup
        told = await self._ask(checkup.subject, question, sense)
        checkup = checkup.but(calls=checkup.calls + 1)
        if told.choice == question.answer:
            return checkup.but(**{sense: True})
        if told.kind in NO_FAULT_OF_THE_EXHIBIT:
            return checkup.worse(found(told.kind, told.detail))
        checkup = checkup.but(**{sense: False})
        if claimed is None and not self.needs.names(sense):
            return checkup
        words = told.detail or f"said {told.choice or 'abstain'} where {question.answer} is right"
        return checkup.worse(found(lacking, words))

    def _claims(self, subject: Subject, sense: Sense) -> bool | None:
        """Whether a model is known to have a sense; None where nobody says."""
        claimed: bool | None = getattr(self.line.able(*subject.settings.endpoint), sense)
        return claimed

    async def _ask(self, subject: Subject, question: Question, called: str) -> _Told:
        """One call, without the repair a run would try: what fits only the second time costs twice in a run."""
        request = Request.by(subject.settings, question.messages).but(answer_schema=question.form.schema)
        with asking(subject.model, called):
            asked, completion = await self.gateway.complete(request)
        reply = reading(asked, completion, question.form)
        if reply.parsed is not None:
            return _Told(completion, reply.parsed.choice or "")
        cause = reply.error or Cause(kind="error")
        failure = self.noting.failures.get(asked.key)
        kind = diagnosed(cause, failure.status if failure else None, failure.trouble if failure else None)
        return _Told(completion, question.named(completion.text), kind, cause.detail)


def _assumed(checkup: Checkup, unlisted: Sequence[Sense]) -> str:
    """What to know of a model that nobody lists: it is taken to have every sense until its server says otherwise."""
    signs = {True: "does", False: "does not", None: "gave no sign"}
    tried = ", ".join(f"{sense[:-1]}: {signs[getattr(checkup, sense)]}" for sense in unlisted)
    return f"unlisted, assumed able to {' and to '.join(one[:-1] for one in unlisted)} ({tried}); state it in --models"


def missing_keys(subject: Subject) -> tuple[str, ...]:
    """The variables LiteLLM looks for that are not set; those of addresses and versions have defaults."""
    if provider_of(subject.model):
        return ()
    checked = prepared_litellm().validate_environment(subject.model, api_base=subject.settings.api_base)
    missing = (name for name in checked["missing_keys"] if name not in os.environ)
    return tuple(name for name in missing if not name.endswith(("_API_BASE", "_API_VERSION")))


def _failed(checkup: Checkup, kind: Ailment, detail: str, missing: tuple[str, ...]) -> Checkup:
    """The check-up of a model that gave no answer at all."""
    kind = _for_want_of_key(kind, checkup.subject, missing)
    if kind == "no_key":
        return checkup.worse(found(kind, f"{', '.join(missing)} not set"), key=False)
    return checkup.worse(found(kind, detail), reachable=kind != "unreachable")


def _for_want_of_key(kind: Ailment, subject: Subject, missing: tuple[str, ...]) -> Ailment:
    """A failure with a key missing is the key's fault, unless the server says otherwise or is one's own and is down."""
    if not missing or kind not in {"wrong_key", "unreachable", "failed"}:
        return kind
    return kind if kind == "unreachable" and subject.settings.api_base else "no_key"
