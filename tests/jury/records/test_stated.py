"""What a juror's or a target's settings may not hold."""

from typing import Any

import pytest
from pydantic import ValidationError

from jury.records import Juror, Record, Target

BOTH = pytest.mark.parametrize("record", [Juror, Target])


@BOTH
@pytest.mark.parametrize(
    "params",
    [
        {"api_key": "k"},
        {"headers": {"X": "k"}},
        {"extra_body": {"api_key": "k"}},
        {"extra_body": {"models": [{"Authorization": "k"}]}},
        {"x-api-key": "k"},
    ],
)
def test_a_key_among_the_parameters_is_turned_down_without_being_shown(record: type[Record], params: dict[str, Any]):
    with pytest.raises(ValidationError, match="keys come from the environment") as caught:
        record.model_validate({"model": "openai/m", "params": params})
    assert "'k'" not in caught.value.errors()[0]["msg"]


@BOTH
@pytest.mark.parametrize(
    "base",
    [
        "http://name:word@host/v1",
        "https://word@host",
        "https://host/v1?sig=abc",
        "https://host/v1?api-version=1&token=x",
        "https://host/v1#x",
        "ftp://host",
        "host/v1",
    ],
)
def test_a_base_url_holds_no_name_no_password_and_no_signature(record: type[Record], base: str):
    with pytest.raises(ValidationError, match="api_base"):
        record.model_validate({"model": "openai/m", "api_base": base})


@BOTH
@pytest.mark.parametrize(
    "base", [None, "http://127.0.0.1:8000/v1", "https://x.openai.azure.com/openai?api-version=2024-10-21"]
)
def test_a_plain_base_url_is_taken(record: type[Record], base: str | None):
    made = record.model_validate({"model": "openai/m", "api_base": base, "params": {"top_p": 0.9}})

    assert made.model_dump()["api_base"] == base
