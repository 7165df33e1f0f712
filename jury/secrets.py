"""Words that must never be written down: keys, authorization headers and signed addresses, found and blotted out."""

import base64
import os
import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote

from jury.records import Completion

#: What stands where a secret stood.
BLOT = "[secret]"

#: Shortest value of a secret variable that is looked for, in characters: a shorter one would hit ordinary words.
SHORTEST = 6

#: Shortest value that is taken out of a model's own words, where nothing else may be touched.
SHORTEST_KEY = 16

#: Longest part of an error's words that is searched for secrets, in characters; beyond it nothing is kept.
_SEARCHED = 20_000

#: Where what an error says ends and how a program came to it begins: in Python, JavaScript, Java and Go.
_FRAME = re.compile(r"""[ \t]*(?:File "[^"\n]*", line \d+|[ \t]at [^\n(]{0,200}\([^\n)]*:\d+|goroutine \d+ \[)""")
_REPORT = re.compile(r"This looks like a bug in LiteLLM|File an issue if litellm error")
_TRACE = re.compile(rf"Traceback \(most recent call last\)|\n(?={_FRAME.pattern})|{_REPORT.pattern}")

#: Variables of the environment whose values are secret.
_SECRET_NAME = re.compile(
    r"(?:(?:^|_|API)KEY|TOKEN|SECRET|PASSW(?:OR)?D|PASSPHRASE|CREDENTIAL)S?(?:_ID)?(?:_?\d+)?$", re.IGNORECASE
)

#: Names of fields, headers and parameters whose values are secret, or the ends of such names.
_FIELD = r"(?:api[_-]?key|access[_-]?key(?:[_-]?id)?|secret(?:[_-]?key)?|passw(?:or)?d|signature|credential|token|sig)"

_QUOTE = r"""\\*["']"""

#: What may stand between a field's name and its value, in JSON, Python, headers and addresses.
_IS = rf"(?:(?:{_QUOTE})?\s*[:=]\s*(?:b?{_QUOTE})?|{_QUOTE}\s*,\s*b?{_QUOTE})"

#: How an authorization header may begin.
_SCHEME = r"(?:(?:bearer|basic|token|digest)\s+)?"

#: All that matches is blotted out but the group named `kept`. Each runs in linear time: texts may be hostile.
_PATTERNS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----.*",
        rf"(?P<kept>authorization{_IS})(?!{_SCHEME}\[secret\]){_SCHEME}[^\s\"'\\,;}}\])]+",
        r"(?P<kept>\bbearer\s+)[A-Za-z0-9._~+/=-]{8,}",
        r"(?P<kept>\bbasic\s+)(?=[A-Za-z+/]*[0-9=])[A-Za-z0-9+/=]{8,}",
        rf"(?P<kept>(?<![a-z]){_FIELD}{_IS})(?!\[secret\])[^\s\"'\\&,;}}\])]+",
        r"(?P<kept>://)(?!\[secret\])[^\s/@\"']{1,500}(?=@)",
        r"\b(?:sk|pk|rk|gsk|xai|hf|ghp|gho|github_pat|glpat|xox[abp]|r8)[-_][A-Za-z0-9*_-]{8,}",
        r"\bAIza[A-Za-z0-9_-]{20,}",
        r"\b(?:AKIA|ASIA)[A-Z0-9]{12,}",
        r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*",
    )
)


def scrubbed(text: str) -> str:
    """The text without secrets: each is replaced by `BLOT`, all else stays as it was.

    Blotted out are the values of environment variables named like a secret (as they are, URL-encoded, and in
    base64), authorization headers, key fields, private keys, well-known forms of keys, passwords in addresses, and
    the signatures of signed addresses. Scrub before cutting a text short: half a key is not recognised.
    """
    text = _blotted(text, _secret_values())
    for pattern in _PATTERNS:
        text = pattern.sub(_blot(pattern), text)
    return text


def sentence_of(words: str, longest: int) -> str:
    """The words of an error on one line, at most so many characters, without secrets and without a traceback.

    LiteLLM puts a traceback, and a link to report it by, into what it says of the unexpected; some servers do the same.
    Where there is nothing else, its last line stands for it. Secrets go before anything is cut: half a key is not
    recognised.
    """
    told = words[:_SEARCHED]
    said = _TRACE.split(told, maxsplit=1)[0].rstrip()
    whole = said if said and not said.endswith(":") else f"{said} {_last_line(told)}"
    return " ".join(scrubbed(whole).encode(errors="replace").decode().split())[:longest]


def _last_line(told: str) -> str:
    """The last line of a traceback, which names its exception."""
    lines = [line for line in _REPORT.split(told, maxsplit=1)[0].splitlines() if line.strip()]
    return lines[-1] if lines and not _FRAME.match(lines[-1]) and len(lines) > 1 else "an error that says no more"


def without_keys(completion: Completion) -> Completion:
    """A completion in which no key of ours is left that a server has echoed; else untouched, word for word."""
    keys = [value for value in _secret_values() if len(value) >= SHORTEST_KEY]
    said = {name: getattr(completion, name) for name in ("text", "thinking", "answered_by")}
    echoed = {name: text for name, text in said.items() if any(key in text for key in keys)}
    return completion.but(**{name: _blotted(text, keys) for name, text in echoed.items()}) if echoed else completion


def _blotted(text: str, values: list[str]) -> str:
    for value in values:
        text = text.replace(value, BLOT)
    return text


def _blot(pattern: re.Pattern[str]) -> Callable[[re.Match[str]], str]:
    keeps = "kept" in pattern.groupindex
    return lambda found: f"{found['kept']}{BLOT}" if keeps else BLOT


def _secret_values() -> list[str]:
    """What the environment holds secret, in the forms it may be echoed in; the longest first."""
    return _forms(frozenset(value for name, value in os.environ.items() if len(value) >= SHORTEST and _is_secret(name)))


@lru_cache(maxsize=8)
def _forms(values: frozenset[str]) -> list[str]:
    forms = {form for value in values for form in (value, quote(os.fsencode(value), safe=""), _base64(value))}
    return sorted(forms, key=len, reverse=True)


@lru_cache(maxsize=1024)
def _is_secret(name: str) -> bool:
    return _SECRET_NAME.search(name) is not None


def _base64(value: str) -> str:
    """The value in base64 as far as it does not depend on what follows it."""
    raw = os.fsencode(value)
    return base64.b64encode(raw[: len(raw) // 3 * 3]).decode()
