"""Which variables of a `.env` are taken over: keys, and what Azure, Bedrock and Vertex need beside them."""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import orjson

from jury.trust.bases import host_of, is_loopback
from jury.trust.permissions import Permissions

#: Names of keys. What LangSmith and LangChain read is none of ours.
_KEY = re.compile(r"(?!LANGSMITH|LANGCHAIN|LANGFUSE|OTEL_|DD_)[A-Z][A-Z0-9_]{0,80}_(?:KEY|TOKEN)")

#: Names of base URLs, whose hosts need permission like those of any other file.
_BASE = re.compile(r"[A-Z][A-Z0-9_]{0,80}_(?:API_BASE|BASE_URL|API_URL)")

#: Hosts of customers of Azure's own.
_AZURE = (".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com", ".inference.ai.azure.com")

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,100}")
_ANY = re.compile(r"[^\x00-\x1f]{1,500}")


def _plain(value: str) -> bool:
    """A word that, as part of a URL, leads nowhere else."""
    return _WORD.fullmatch(value) is not None


def _secret(value: str) -> bool:
    return _ANY.fullmatch(value) is not None


def _google_account(value: str) -> bool:
    """A file whose credentials go to Google alone: those of other kinds send what another file holds to any address."""
    try:
        told = orjson.loads(Path(value).read_bytes())
        address = told.get("token_uri", "https://oauth2.googleapis.com/token")
        kind = told["type"]
    except (OSError, ValueError, AttributeError, KeyError, TypeError):
        return False
    return kind in {"service_account", "authorized_user"} and str(host_of(str(address))).endswith(".googleapis.com")


#: What Azure, Bedrock and Vertex need beside keys, and which values of it lead to no other host. `PGPASSWORD` is a key too.
_BESIDE: Mapping[str, Callable[[str], bool]] = {
    "AWS_ACCESS_KEY_ID": _plain,
    "AWS_BEARER_TOKEN_BEDROCK": _secret,
    "AWS_DEFAULT_REGION": _plain,
    "AWS_REGION": _plain,
    "AWS_REGION_NAME": _plain,
    "AZURE_API_VERSION": _plain,
    "AZURE_CLIENT_ID": _plain,
    "AZURE_CLIENT_SECRET": _secret,
    "AZURE_TENANT_ID": _plain,
    "GOOGLE_APPLICATION_CREDENTIALS": _google_account,
    "PGPASSWORD": _secret,
    "VERTEXAI_LOCATION": _plain,
    "VERTEXAI_PROJECT": _plain,
    "VERTEX_LOCATION": _plain,
    "VERTEX_PROJECT": _plain,
}


def is_taken(name: str, value: str, stated: Mapping[str, str | None], permissions: Permissions) -> bool:
    """Whether a variable of a `.env` is taken over; `stated` is all that the file holds."""
    if name in _BESIDE:
        return _BESIDE[name](value)
    if _BASE.fullmatch(name):
        return is_loopback(value) or permissions.allows(value) or _azure_with_key(name, value, stated)
    return _KEY.fullmatch(name) is not None and _secret(value)


def _azure_with_key(name: str, value: str, stated: Mapping[str, str | None]) -> bool:
    """An Azure resource whose key is the file's own: no key of the environment goes there."""
    own = stated.get("AZURE_API_KEY")
    elsewhere = ("AZURE_AD_TOKEN", "AZURE_CLIENT_SECRET", "AZURE_OPENAI_API_KEY")
    return (
        name == "AZURE_API_BASE"
        and value.startswith("https://")
        and host_of(value).endswith(_AZURE)
        and own is not None
        and os.environ.get("AZURE_API_KEY", own) == own
        and not any(map(os.environ.get, elsewhere))
    )
