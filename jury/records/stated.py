"""What may be stated about how a model is called: nothing that must not be written down."""

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from pydantic import JsonValue

#: Parameters that must never be written down, wherever they are nested.
SECRET_PARAMS = frozenset(
    {
        "api_key",
        "apikey",
        "authorization",
        "aws_access_key_id",
        "aws_secret_access_key",
        "aws_session_token",
        "azure_ad_token",
        "client_secret",
        "default_headers",
        "extra_headers",
        "headers",
        "password",
        "vertex_credentials",
        "x_api_key",
    }
)

#: What readers of URLs take in different ways, so that a host looks like another's.
_ODD = re.compile(r"[\s\\\x00-\x1f\x7f]")

#: What a base URL may ask for.
_OPEN_QUERIES = frozenset({"api-version"})


def check_params(params: Mapping[str, JsonValue]) -> None:
    """Raises `ValueError` for parameters that hold a secret."""
    for name, value in params.items():
        if name.casefold().replace("-", "_") in SECRET_PARAMS:
            raise ValueError(f"params hold {name!r}; keys come from the environment, never from a file")
        for inner in value if isinstance(value, (list, tuple)) else [value]:
            if isinstance(inner, Mapping):
                check_params(inner)


def check_base(base: str | None) -> None:
    """Raises `ValueError` unless an API's base URL is one of HTTP without a name, a password or a signed query."""
    if base is None:
        return
    if _ODD.search(base):
        raise ValueError("api_base holds a space, a backslash or a control character; write a plain http or https URL")
    parts = urlsplit(base)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("api_base is no http or https URL; write for example http://127.0.0.1:8000/v1")
    if "@" in parts.netloc:
        raise ValueError("api_base holds a name or a password; keys come from the environment, never from a file")
    asked = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    if asked - _OPEN_QUERIES or parts.fragment:
        raise ValueError("api_base holds a query that may be a key; only api-version may stand there")
