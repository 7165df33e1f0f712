"""Exceptions as data: what kind of failure it is, in words free of secrets, and whether trying again makes sense."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from jury.gateway.transport import CallFailedError
from jury.records import Cause, CauseKind
from jury.secrets import scrubbed

#: Longest part of a provider's error message that is kept, in characters.
DETAIL = 500

#: Longest part of it that is searched for secrets; beyond it nothing is kept.
_SEARCHED = 20_000

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

#: How servers name a prompt that they will not have answered.
_FILTERED = re.compile(r"content_policy_violation|content_filter|responsible_?ai_?policy", re.IGNORECASE)


class FormRejectedError(CallFailedError):
    """The server does not take the way in which JSON was asked for."""


def failure_of(error: Exception) -> CallFailedError:
    """The failure that an exception of LiteLLM's amounts to."""
    status = getattr(error, "status_code", None)
    name, words = type(error).__name__, str(error)
    passing = name in _PASSING or (isinstance(status, int) and (status in {408, 429} or status >= 500))
    told = f"{words} {_told_beside(error)}"
    cause = Cause(kind=_kind(name, status, told), detail=_detail(f"{name}: {words}"))
    kind = FormRejectedError if status in _FORM_REFUSED and _FORM.search(told) else CallFailedError
    code = status if isinstance(status, int) else None
    return kind(cause, passing=passing, retry_after=_retry_after(error), status=code)


def _kind(name: str, status: Any, words: str) -> CauseKind:
    if "Timeout" in name or status == 408:
        return "timeout"
    filtered = name == "ContentPolicyViolationError" or (status == 400 and _FILTERED.search(words))
    return "refused" if filtered else "error"


def _told_beside(error: Exception) -> str:
    """What a server said in fields beside its words: some releases of LiteLLM leave its codes out of the message."""
    body = getattr(error, "body", None)
    fields = [getattr(error, "code", None), *(body.values() if isinstance(body, Mapping) else ())]
    return " ".join(field[:DETAIL] for field in fields if isinstance(field, str))


def _detail(words: str) -> str:
    """The words on one line, without secrets: scrubbed before they are cut, since half a key is not recognised."""
    clean = scrubbed(words[:_SEARCHED]).encode(errors="replace").decode()
    return " ".join(clean.split())[:DETAIL]


def _retry_after(error: Exception) -> float | None:
    """The provider's wish in seconds, whether it names seconds or a date; None if it has none that can be read."""
    wish = _header(error, "retry-after")
    try:
        return max(0.0, float(wish))
    except ValueError:
        return _seconds_until(wish)


def _header(error: Exception, name: str) -> str:
    """A header of the answer, "" if there was none. LiteLLM keeps the real ones beside a response it makes up."""
    answered = getattr(getattr(error, "response", None), "headers", None)
    for headers in (getattr(error, "litellm_response_headers", None), answered):
        if isinstance(headers, Mapping):
            found = {str(key).lower(): str(value) for key, value in headers.items()}
            if name in found:
                return found[name]
    return ""


def _seconds_until(date: str) -> float | None:
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
