"""Canonical JSON and the hashes made of it: one way to name content by what it holds."""

import hashlib
import hmac
from typing import Any

import orjson


def canonical_json(value: Any) -> bytes:
    """JSON with sorted keys and no spaces: equal values give equal bytes."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS)


def sha256_of_json(value: Any) -> str:
    """64 hex digits naming a JSON value."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def keyed_digest(secret: str, *parts: str | int) -> str:
    """32 hex digits that nobody without the secret can guess, the same on every replay (HMAC-SHA256)."""
    return hmac.new(secret.encode(), canonical_json(parts), hashlib.sha256).hexdigest()[:32]
