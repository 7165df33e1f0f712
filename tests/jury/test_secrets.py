"""What is blotted out of a text before anybody may read it, and what is left alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury.records import Completion
from jury.secrets import BLOT, scrubbed, sentence_of, without_keys

KEY = "pl-4nted/K3y+of our=own"


@pytest.fixture(autouse=True)
def planted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_PROVIDER_API_KEY", KEY)


@pytest.mark.parametrize("name", ["OPENAI_API_KEY", "HF_TOKEN", "CLIENT_SECRET", "PGPASSWORD", "OPENAI_API_KEY_2"])
def test_the_value_of_a_variable_named_like_a_secret_is_blotted_out(monkeypatch, name):
    monkeypatch.setenv(name, "quite.harmless.looking")

    assert scrubbed("got quite.harmless.looking.") == f"got {BLOT}."


@pytest.mark.parametrize("name", ["HOME_FOLDER", "MONKEY", "KEYBOARD", "TOKENIZERS_PARALLELISM"])
def test_other_variables_are_left_alone(monkeypatch, name):
    monkeypatch.setenv(name, "quite.harmless.looking")

    assert scrubbed("got quite.harmless.looking.") == "got quite.harmless.looking."


@pytest.mark.parametrize(
    "echo",
    [KEY, "pl-4nted%2FK3y%2Bof%20our%3Down", "cGwtNG50ZWQvSzN5K29mIG91cj1vd"],
    ids=["as it is", "in an address", "in base64"],
)
def test_a_key_is_recognised_in_whatever_form_it_is_echoed(echo):
    assert echo not in scrubbed(f"No such key: {echo}!")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Authorization: Bearer abcdefghij.klm", "Authorization: [secret]"),
        ("{'Authorization': 'Bearer abcdef', 'x': 1}", "{'Authorization': '[secret]', 'x': 1}"),
        ('{\\"authorization\\": \\"Basic Zm9vOmJhcg==\\"}', '{\\"authorization\\": \\"[secret]\\"}'),
        ("[(b'authorization', b'Bearer abc')]", "[(b'authorization', b'[secret]')]"),
        ("sent Bearer abcdefgh12", "sent Bearer [secret]"),
        ("x-api-key: abc, api_key='def'", "x-api-key: [secret], api_key='[secret]'"),
        ('"OPENAI_API_KEY": "abc"', '"OPENAI_API_KEY": "[secret]"'),
        ("Incorrect API key provided: sk-proj-****abcd.", "Incorrect API key provided: [secret]."),
        ("https://b.s3/x?X-Amz-Credential=AK%2F1&X-Amz-Signature=ab12&w=1",
         "https://b.s3/x?X-Amz-Credential=[secret]&X-Amz-Signature=[secret]&w=1"),
        ("https://a.blob/x?se=2026&sig=ab%3D&sp=r", "https://a.blob/x?se=2026&sig=[secret]&sp=r"),
        ("https://h/x?token=abc", "https://h/x?token=[secret]"),
        ("http://user:word@host/v1", "http://[secret]@host/v1"),
        ("eyJhbGciOiJI.eyJzdWIiOiIx.c2ln", "[secret]"),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIB\n", "[secret]"),
    ],
)  # fmt: skip
def test_keys_headers_and_signed_addresses_of_others_are_blotted_out(text, left):
    assert scrubbed(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "max_tokens=100, input_tokens: 5, output_tokens=7",
        "The password is a word; the secret of a good key is its token.",
        "A basic understanding of authorization and of signatures",
        "HTTP 429: too many requests per minute (limit: 60)",
        "Connection to http://127.0.0.1:8000/v1 refused",
        "回答无法读取",
    ],
)
def test_a_text_without_secrets_stays_as_it_is(text):
    assert scrubbed(text) == text


@given(st.text(max_size=200))
def test_scrubbing_twice_changes_nothing(text):
    assert scrubbed(scrubbed(text)) == scrubbed(text)


@pytest.mark.parametrize(
    "piece", ["a-", "token", "token=", "http://", "basic a", "sk-", "eyJaaaaaaaa.", "\\", "Bearer "]
)
def test_a_hostile_text_is_scrubbed_in_linear_time(piece):
    started = time.perf_counter()
    scrubbed(piece * 20_000)

    assert time.perf_counter() - started < 2


def test_a_key_that_a_model_echoes_is_taken_out_of_its_answer_and_nothing_else():
    said = f"Authorization: Bearer {KEY}; password=hunter2"
    echoed = Completion(text=said, thinking=KEY, answered_by="m")

    assert without_keys(echoed) == Completion(
        text=f"Authorization: Bearer {BLOT}; password=hunter2", thinking=BLOT, answered_by="m"
    )


def test_an_answer_without_a_key_is_the_very_same():
    completion = Completion(text="Authorization: Bearer of-another")

    assert without_keys(completion) is completion


TRACEBACK = "Traceback (most recent call last):\n  File \"/srv/app.py\", line 3, in answer\nKeyError: 'usage'"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("it went\nwrong  (at noon)", "it went wrong (at noon)"),
        (
            f"APIConnectionError: 'usage'\n{TRACEBACK}\n\nThis looks like a bug in LiteLLM",
            "APIConnectionError: 'usage'",
        ),
        (TRACEBACK, "KeyError: 'usage'"),
        (f"InternalServerError: {TRACEBACK}", "InternalServerError: KeyError: 'usage'"),
        ("APIError: gone\n    at generate (/root/app.js:11:2)\n    at main (/root/app.js:1:2)", "APIError: gone"),
        ("Error: meet me\nat the (old) mill", "Error: meet me at the (old) mill"),
        ("panic: gone\ngoroutine 1 [running]:\nmain.main()", "panic: gone"),
        ("", "an error that says no more"),
    ],
)
def test_a_sentence_of_an_error_is_one_line_without_a_traceback(words, sentence):
    assert sentence_of(words, 200) == sentence


def test_a_secret_goes_before_a_sentence_is_cut(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "planted-0123456789abcdef")
    assert sentence_of("no such key: planted-0123456789abcdef", 20) == "no such key: [secret"


@pytest.mark.parametrize(
    "words", ["\n" * 30_000, "\n  at " * 8_000, "a" * 30_000, "Traceback " * 4_000, ' File "' * 6_000]
)
def test_a_hostile_sentence_takes_no_time(words):
    assert len(sentence_of(words, 500)) <= 500
