"""Base URLs: which were named by files, which by the user, and whose hosts they are."""

import re
from collections.abc import Iterable, Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel

#: The hosts of this process that files have named, each with the first file that did; and those the user has named.
_NAMED_BY_FILES: dict[str, str] = {}
_NAMED_BY_USER: set[str] = set()

#: Files that come with this package are no stranger's.
_SHIPPED = Path(__file__).resolve().parents[1]

#: An address inside a word of the command line, such as `--target-base=http://…`.
_ADDRESS = re.compile(r"https?://[^\s\"',}\]]+", re.IGNORECASE)

#: How deep a file's values are looked through; deeper ones are refused where a file is read.
_DEEPEST = 100

#: The hosts of providers whose base URL is the same for every customer.
OWN_HOSTS: dict[str, tuple[str, ...]] = {
    "anthropic": ("api.anthropic.com",),
    "cerebras": ("api.cerebras.ai",),
    "cohere": ("api.cohere.com", "api.cohere.ai"),
    "cohere_chat": ("api.cohere.com", "api.cohere.ai"),
    "dashscope": ("dashscope.aliyuncs.com", "dashscope-intl.aliyuncs.com"),
    "deepinfra": ("api.deepinfra.com",),
    "deepseek": ("api.deepseek.com",),
    "fireworks_ai": ("api.fireworks.ai",),
    "gemini": ("generativelanguage.googleapis.com",),
    "groq": ("api.groq.com",),
    "huggingface": ("router.huggingface.co", "api-inference.huggingface.co"),
    "mistral": ("api.mistral.ai",),
    "moonshot": ("api.moonshot.ai", "api.moonshot.cn"),
    "nvidia_nim": ("integrate.api.nvidia.com",),
    "openai": ("api.openai.com",),
    "openrouter": ("openrouter.ai",),
    "perplexity": ("api.perplexity.ai",),
    "replicate": ("api.replicate.com",),
    "sambanova": ("api.sambanova.ai",),
    "together_ai": ("api.together.xyz", "api.together.ai"),
    "volcengine": ("ark.cn-beijing.volces.com",),
    "xai": ("api.x.ai",),
    "zai": ("api.z.ai",),
}


def host_of(url: str) -> str:
    """The host of an HTTP address in lower case without a final dot; empty where there is none."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").rstrip(".") if parts.scheme in {"http", "https"} else ""
    except ValueError:
        return ""


def port_of(url: str) -> int | None:
    """The port that an address states; None where it states none or an impossible one."""
    try:
        return urlsplit(url).port
    except ValueError:
        return None


def is_loopback(url: str) -> bool:
    """Whether an address is one of this machine's own, which no permission is needed for."""
    host = host_of(url)
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def is_own(model: str, url: str) -> bool:
    """Whether an address is of the model's own provider, by https, where all its customers share it."""
    provider = model.partition("/")[0] if "/" in model else "openai"
    return url.lower().startswith("https://") and host_of(url) in OWN_HOSTS.get(provider, ())


def note_bases(content: Any, file: Path | str) -> None:
    """Note every host that the values of a file name, whatever their keys: the user has to allow it before it is called."""
    if Path(file).resolve().is_relative_to(_SHIPPED):
        return
    for text in _texts(content, 0):
        if host := host_of(text):
            _NAMED_BY_FILES.setdefault(host, str(file))


def note_user_bases(words: Iterable[Any]) -> None:
    """Note every host in what the user says on the command line or from Python: their word outweighs that of files."""
    for text in _texts(list(words), 0):
        _NAMED_BY_USER.update(filter(None, map(host_of, _ADDRESS.findall(text))))


def file_naming(host: str) -> str | None:
    """The file that names a host the user has not named; None where there is none."""
    return None if host in _NAMED_BY_USER else _NAMED_BY_FILES.get(host)


def _texts(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        yield from _texts(value.model_dump(mode="json"), depth)
    elif depth < _DEEPEST and isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(name, depth + 1)
            yield from _texts(inner, depth + 1)
    elif depth < _DEEPEST and isinstance(value, (list, tuple, set, frozenset)):
        for inner in value:
            yield from _texts(inner, depth + 1)
