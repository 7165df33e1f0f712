"""Failures as data: their kind, whether they may pass, and no secret in their words."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from jury.gateway.route import failures
from jury.gateway.route.failures import DETAIL, FormRejectedError
from jury.gateway.transport import CallFailedError
from jury.records import Message, Request, TextPart

QUESTION = Request(model="openai/gpt-4o", messages=(Message(role="user", parts=(TextPart(text="hello"),)),))


def failure_of(raised: Exception) -> CallFailedError:
    """The failure that an exception amounts to, of a call to OpenAI."""
    return failures.failure_of(raised, QUESTION)


def error(name="BadRequestError", words="no", status=None, headers=None):
    """An exception as LiteLLM raises it: its name counts, its status and the server's response, if there was one."""
    raised = type(name, (Exception,), {})(words)
    if status is not None:
        raised.status_code = status
        raised.response = httpx.Response(status, headers=headers or {})
    return raised


@pytest.mark.parametrize(
    ("raised", "kind", "passing"),
    [
        (error(status=400), "error", False),
        (error("AuthenticationError", status=401), "error", False),
        (error("NotFoundError", status=404), "error", False),
        (error("RateLimitError", status=429), "error", True),
        (error("InternalServerError", status=500), "error", True),
        (error("Whatever", status=599), "error", True),
        (error("APIConnectionError"), "error", True),
        (error("Timeout", status=408), "timeout", True),
        (error("ContentPolicyViolationError", status=400), "refused", False),
        (error(words='{"code": "content_filter"}', status=400), "refused", False),
        (ValueError("odd"), "error", False),
    ],
)
def test_a_failure_has_a_kind_and_may_pass_or_not(raised, kind, passing):
    failure = failure_of(raised)
    assert (failure.cause.kind, failure.passing) == (kind, passing)
    assert failure.status == getattr(raised, "status_code", None)


def test_a_refusal_is_told_from_the_servers_code_where_its_words_leave_it_out():
    raised = error(words="rejected", status=400)
    raised.code, raised.body = None, {"message": "rejected", "code": "content_policy_violation", "param": None}
    assert failure_of(raised).cause.kind == "refused"


@pytest.mark.parametrize(
    "words", ["response_format", "json_schema is not supported", "Unsupported: structured outputs"]
)
@pytest.mark.parametrize("status", [400, 422])
def test_a_server_that_will_not_have_the_form_is_told_from_others(words, status):
    assert isinstance(failure_of(error(words=words, status=status)), FormRejectedError)
    assert not isinstance(failure_of(error(words=words, status=429)), FormRejectedError)
    assert not isinstance(failure_of(error(words="too long", status=status)), FormRejectedError)


@pytest.mark.parametrize(
    ("wish", "seconds"), [("3", 3.0), ("0.5", 0.5), ("-1", 0.0), ("soon", None), ("", None), ("1e999", float("inf"))]
)
def test_a_wish_to_wait_is_read_in_seconds(wish, seconds):
    raised = error("RateLimitError", status=429, headers={"Retry-After": wish})
    assert failure_of(raised).retry_after == seconds


def test_a_wish_to_wait_until_a_moment_is_read_too():
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    wish = failure_of(error("RateLimitError", status=429, headers={"Retry-After": moment})).retry_after
    assert 80 < wish <= 90


def test_words_are_kept_on_one_line_and_short():
    detail = failure_of(error(words="a\nb " + "c" * 5000)).cause.detail
    assert detail.startswith("BadRequestError: a b c")
    assert len(detail) == DETAIL


def test_half_a_character_harms_nothing():
    assert failure_of(error(words="\ud83d")).cause.detail == "BadRequestError: ?"


@pytest.mark.parametrize(
    ("words", "secret"),
    [
        ("the key hush-hush-hush is wrong", "hush-hush-hush"),
        ("Authorization: Bearer abcdef0123456789", "abcdef0123456789"),
        ("api_key=0123456789abcdef&x=1", "0123456789abcdef"),
        ("Incorrect API key provided: sk-proj-abcdefgh12345678", "sk-proj-abcdefgh12345678"),
        ("https://x.test/a.png?X-Amz-Signature=0123456789abcdef is gone", "0123456789abcdef"),
        ("x" * (DETAIL - 25) + " the key hush-hush-hush is wrong", "hush-"),
    ],
)
def test_no_secret_is_kept(words, secret, monkeypatch):
    monkeypatch.setenv("SOME_PROVIDER_API_KEY", "hush-hush-hush")
    assert secret not in failure_of(error(words=words)).cause.detail
