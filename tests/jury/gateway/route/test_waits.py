"""How long a provider wants to be left alone, in whichever of its places it says so."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from jury.gateway.route.provider_reply import ProviderReply
from jury.gateway.route.waits import wait_of

NOW = datetime(2026, 5, 1, 12, 0, 0, tzinfo=UTC)


def wait(headers: dict[str, str] | None = None, body: object = None) -> float | None:
    return wait_of(ProviderReply(429, headers or {}, json.dumps(body) if body else ""), lambda: NOW)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "12"}, 12),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": format_datetime(NOW + timedelta(seconds=90), usegmt=True)}, 90),
        ({"retry-after-ms": "250", "retry-after": "1"}, 0.25),
        ({"x-ratelimit-reset-requests": "6m0s"}, 360),
        ({"x-ratelimit-reset-tokens": "250ms"}, 0.25),
        ({"x-ratelimit-reset": str(int(NOW.timestamp()) + 30)}, 30),
        ({"x-ratelimit-reset": str((int(NOW.timestamp()) + 30) * 1000)}, 30),
        ({"anthropic-ratelimit-requests-reset": "2026-05-01T12:00:45Z"}, 45),
        ({"retry-after": "1e999"}, float("inf")),
        ({"retry-after": "-3"}, 0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({"x-ratelimit-reset-requests": "1.2.3s"}, None),
        ({}, None),
    ],
)
def test_a_wish_is_read_from_headers(headers, seconds):
    assert wait(headers) == seconds


def test_of_several_limits_the_one_that_is_used_up_counts():
    headers = {
        "x-ratelimit-remaining-requests": "0",
        "x-ratelimit-reset-requests": "20s",
        "x-ratelimit-remaining-tokens": "900",
        "x-ratelimit-reset-tokens": "6m0s",
    }
    assert wait(headers) == 20


def test_googles_wish_is_read_from_the_body():
    info = {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "38.5s"}
    assert wait(body={"error": {"code": 429, "details": [{"@type": "…QuotaFailure"}, info]}}) == 38.5


def test_a_header_outweighs_the_body():
    assert wait({"retry-after": "2"}, {"error": {"details": [{"retryDelay": "38s"}]}}) == 2
