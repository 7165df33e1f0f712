"""How long a provider wants to be left alone, wherever it says so."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from jury.gateway.route.provider_reply import ProviderReply

Now = Callable[[], datetime]

#: A length of time as Go and JavaScript write it, such as `6m0s`, `1.5s` or `250ms`.
_LENGTH = re.compile(r"(?:(?P<h>[\d.]+)h)?(?:(?P<m>[\d.]+)m(?!s))?(?:(?P<s>[\d.]+)s)?(?:(?P<ms>[\d.]+)ms)?")

#: Headers that say when a limit is over, by what it limits; `{}` stands for requests, tokens and the like.
_RESETS = re.compile(r"(?:x-)?(?:anthropic-)?rate-?limit-(?:reset(?:-(?P<after>[\w-]+))?|(?P<before>[\w-]+)-reset)")

#: Numbers above this are seconds since 1970, above the second milliseconds since then.
_EPOCH, _EPOCH_MS = 1e8, 1e11


def now_utc() -> datetime:
    """The time."""
    return datetime.now(UTC)


def wait_of(reply: ProviderReply, now: Now = now_utc) -> float | None:
    """Seconds that a provider wants to be left alone for; None where it does not say, or not so that it can be read.

    The first that is there counts: `retry-after-ms`, `retry-after` (seconds or a date), Google's `RetryInfo` in the body,
    and the reset of every limit that is used up.
    """
    told = reply.headers.get("retry-after-ms", "")
    milliseconds = _number(told)
    if milliseconds is not None:
        return max(0.0, milliseconds / 1000)
    asked = _moment_or_length(reply.headers.get("retry-after", ""), now)
    return asked if asked is not None else _retry_info(reply) if _retry_info(reply) is not None else _reset(reply, now)


def _retry_info(reply: ProviderReply) -> float | None:
    """The `retryDelay` of `google.rpc.RetryInfo`."""
    delays = (error.get("retryDelay") for error in reply.errors)
    return next((wait for delay in delays if isinstance(delay, str) and (wait := _length(delay)) is not None), None)


def _reset(reply: ProviderReply, now: Now) -> float | None:
    """When the last of the limits is over that are used up; all of them where none is said to be."""
    waits = [(limit, wait) for limit, told in _resets(reply) if (wait := _moment_or_length(told, now)) is not None]
    used_up = [wait for limit, wait in waits if _is_used_up(reply, limit)]
    return max(used_up or [wait for _, wait in waits], default=None)


def _resets(reply: ProviderReply) -> Iterator[tuple[str, str]]:
    for name, told in reply.headers.items():
        found = _RESETS.fullmatch(name)
        if found:
            yield found["after"] or found["before"] or "", told


def _is_used_up(reply: ProviderReply, limit: str) -> bool:
    names = (f"x-ratelimit-remaining-{limit}", f"anthropic-ratelimit-{limit}-remaining", "x-ratelimit-remaining")
    return any(_number(reply.headers.get(name, "")) == 0 for name in names)


def _moment_or_length(told: str, now: Now) -> float | None:
    number = _number(told)
    if number is not None:
        since = number / 1000 if number > _EPOCH_MS else number
        return max(0.0, since - now().timestamp() if number > _EPOCH and number != float("inf") else since)
    length = _length(told)
    return length if length is not None else _until(told, now)


def _number(told: str) -> float | None:
    try:
        number = float(told)
    except ValueError:
        return None
    return None if number != number else number


def _length(told: str) -> float | None:
    found = _LENGTH.fullmatch(told.strip())
    if not told.strip() or found is None:
        return None
    units = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
    try:
        return sum(float(found[unit]) * seconds for unit, seconds in units.items() if found[unit])
    except ValueError:  # two points in a number
        return None


def _until(date: str, now: Now) -> float | None:
    """Seconds until a date in HTTP's form or ISO 8601's."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = read(date)
        except (ValueError, TypeError):
            continue
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (aware - now()).total_seconds())
    return None
