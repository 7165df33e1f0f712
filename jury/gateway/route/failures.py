"""Exceptions as data: what kind of failure it is, in words free of secrets, and whether trying again makes sense."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from jury.gateway.route.account import advice_on, trouble_of, without_names
from jury.gateway.route.content_filters import filter_of_error
from jury.gateway.route.parameter_fallback import rejected_setting
from jury.gateway.route.provider_reply import ProviderReply, chain_of, reply_behind
from jury.gateway.route.waits import wait_of
from jury.gateway.transport import TOO_MANY_REQUESTS, CallFailedError, Trouble
from jury.records import Cause, CauseKind, Request, Setting
from jury.secrets import sentence_of

#: Longest part of a provider's error message that is kept, in characters.
DETAIL = 500

#: Longest part of it in which anything is looked for.
SEARCHED = 20_000

#: Longest part of it that stands in a sentence of ours, in characters.
_QUOTED = 300

#: LiteLLM's names for failures that may pass.
_PASSING = frozenset(
    {
        "APIConnectionError",
        "APIError",
        "Timeout",
        "RateLimitError",
        "InternalServerError",
        "ServiceUnavailableError",
        "BadGatewayError",
    }
)

#: How servers name what they don't take, where they don't take a way of asking for JSON.
_FORM = re.compile(
    r"response.?format|json.?(?:schema|object|mode)|structured.?output|guided|grammar|schema", re.IGNORECASE
)
_FORM_REFUSED = frozenset({400, 422, 500, 501})

#: Servers that have too much to do: waiting helps, as with a limit.
_OVERLOADED_STATUS = 529
_UNAVAILABLE = 503
_OVERLOADED = re.compile(r"overloaded|over capacity|high demand|too many requests|slow.?down", re.IGNORECASE)

#: A request that is larger than all that a model takes in a minute will never fit.
_TOO_LARGE = re.compile(r"request too large", re.IGNORECASE)


#: Exceptions of the libraries below LiteLLM for connections that never came about.
_UNCONNECTED = frozenset(
    {
        "ConnectError",
        "ConnectTimeout",
        "ClientConnectorError",
        "ClientConnectorDNSError",
        "ConnectionRefusedError",
        "gaierror",
    }
)


class FormRejectedError(CallFailedError):
    """The server does not take the way in which JSON was asked for."""


class SettingRejectedError(CallFailedError):
    """The server does not take a setting: its temperature, the name of its limit of tokens, its seed."""

    def __init__(self, cause: Cause, setting: Setting, status: int | None) -> None:
        super().__init__(cause, passing=False, status=status)
        self.setting = setting


def failure_of(error: Exception, request: Request, sent: ProviderReply | None = None) -> CallFailedError:
    """The failure that an exception of LiteLLM's amounts to.

    `request` is the call's; `sent` is the answer that LiteLLM made the exception of, where one came with status 200.
    """
    return _Failure(error, request, _told(error, sent or ProviderReply())).found


@dataclass(frozen=True)
class _Failure:
    """One exception, with the provider's reply behind it."""

    error: Exception
    request: Request
    reply: ProviderReply

    @property
    def found(self) -> CallFailedError:
        """The first that fits: a filter's block, a setting or a form that is not taken, an account's trouble, or any other failure."""
        filtered = filter_of_error(self.reply, self.name)
        if filtered is not None:
            return CallFailedError(self._cause("refused"), passing=False, status=self.status, filtered=filtered)
        setting = rejected_setting(self.reply, self.request)
        if setting is not None:
            return SettingRejectedError(self._cause("error"), setting, self.status)
        if self.status in _FORM_REFUSED and _FORM.search(self._words):
            return FormRejectedError(self._cause(self._kind), passing=self._is_passing, status=self.status)
        trouble = trouble_of(self.reply, self.name)
        if trouble is not None:
            return CallFailedError(
                self._cause("error"),
                passing=False,
                status=self.status,
                throttled=False,
                stop=self._advice(trouble),
                trouble=trouble,
            )
        return CallFailedError(
            self._cause(self._kind),
            passing=self._is_passing,
            retry_after=wait_of(self.reply),
            status=self.status,
            request_at_fault=self._is_too_large,
            throttled=self._is_throttled,
            unreachable=self._advice("server") if self._is_unconnected else "",
            trouble="server" if self._is_unconnected else None,
        )

    @property
    def name(self) -> str:
        """LiteLLM's name for it."""
        return type(self.error).__name__

    @property
    def status(self) -> int | None:
        """HTTP's status; LiteLLM makes one up where there was none."""
        made_up = getattr(self.error, "status_code", None)
        return self.reply.error_status or (made_up if isinstance(made_up, int) else None)

    @property
    def _words(self) -> str:
        return f"{self.error} {' '.join(self.reply.messages)} {' '.join(sorted(self.reply.codes))}"

    @property
    def _is_throttled(self) -> bool:
        if self._is_too_large:
            return False
        overloaded = self.status == _UNAVAILABLE and _OVERLOADED.search(self._words) is not None
        return self.status in {TOO_MANY_REQUESTS, _OVERLOADED_STATUS} or overloaded

    @property
    def _is_too_large(self) -> bool:
        return self.status == TOO_MANY_REQUESTS and any(_TOO_LARGE.match(said) for said in self.reply.messages)

    @property
    def _is_passing(self) -> bool:
        if self._is_too_large:
            return False
        status = self.status
        return self.name in _PASSING or (status is not None and (status in {408, TOO_MANY_REQUESTS} or status >= 500))

    @property
    def _kind(self) -> CauseKind:
        return "timeout" if "Timeout" in self.name or self.status == 408 else "error"

    @property
    def _is_unconnected(self) -> bool:
        return any(type(error).__name__ in _UNCONNECTED for error in chain_of(self.error))

    def _advice(self, trouble: Trouble) -> str:
        said = self.reply.sentence or ("" if self.reply.headers else without_names(str(self.error)))
        return advice_on(trouble, self.request.model, self.request.api_base, sentence_of(said, _QUOTED))

    def _cause(self, kind: CauseKind) -> Cause:
        return Cause(kind=kind, detail=sentence_of(f"{self.name}: {self.reply.sentence or self.error}", DETAIL))


def _told(error: Exception, sent: ProviderReply) -> ProviderReply:
    """The reply behind an exception; where there is none, the answer that LiteLLM could not make anything of."""
    behind = reply_behind(error)
    if isinstance(sent.body, Mapping) and sent.body.get("error"):
        return sent
    return sent if sent.text and (not behind.status or behind.status == 200 or not behind.headers) else behind
