"""What all providers have in common: how a request is read, and the replies that every one of them can give."""

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wire.http_server import HttpReply, HttpRequest

#: Tokens in and out that an answer says it took; None for an answer that says nothing of it.
Usage = tuple[int, int] | None
USAGE: Usage = (100, 20)


@dataclass(frozen=True)
class Asked:
    """One request for an answer as the provider's server reads it, whatever its form.

    `text` is all that was said, the system's words first; `schema` is the JSON schema that the answer must fit.
    """

    model: str
    text: str
    body: dict[str, Any]
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    images: tuple[bytes, ...] = ()
    clips: tuple[bytes, ...] = ()
    schema: dict[str, Any] | None = None


def json_reply(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> HttpReply:
    """A reply of JSON."""
    return HttpReply(json.dumps(body).encode(), status, headers or {})


class Dialect(ABC):
    """One provider's form.

    `model` is a name as LiteLLM takes it, of a model that sees; `unlisted` one that LiteLLM's list lacks. `key` is a
    made-up key that `key_variable` of the environment holds. `base_path` is what the address of a server ends with;
    `base_variables` are the variables LiteLLM reads an address from where no `api_base` is given.
    """

    name: str
    model: str
    unlisted: str
    hears: bool = False
    key: str = ""
    key_variable: str = ""
    base_path: str = ""
    base_variables: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return self.name

    def aside(self, request: HttpRequest) -> HttpReply | None:
        """The reply to a request that asks for no answer, such as what models there are; None for one that does."""
        return HttpReply(b"{}", 404) if request.method == "GET" else None

    @abstractmethod
    def read(self, request: HttpRequest) -> Asked:
        """What is asked for."""

    @abstractmethod
    def sent_key(self, asked: Asked) -> str:
        """The key that came with a request, "" if none did."""

    def answer_to(self, asked: Asked, text: str) -> HttpReply:
        """The answer that has a text in the place where this request wants it."""
        return self.answer(text)

    @abstractmethod
    def answer(self, text: str, *, usage: Usage = USAGE) -> HttpReply:
        """A finished answer."""

    @abstractmethod
    def cut_off(self, text: str) -> HttpReply:
        """An answer that ended at the limit of tokens."""

    @abstractmethod
    def unknown_model(self) -> HttpReply:
        """There is no model of this name, or not for this key."""

    @abstractmethod
    def image_rejected(self) -> HttpReply:
        """The model takes no images."""

    @abstractmethod
    def overloaded(self) -> HttpReply:
        """The server can't answer now."""

    @abstractmethod
    def context_too_long(self) -> HttpReply:
        """The request has more tokens than the model's context."""


class BlockingDialect(Dialect):
    """A provider on the internet: it knows keys, limits and accounts, and keeps some prompts and answers back."""

    @abstractmethod
    def wrong_key(self) -> HttpReply:
        """The key is not valid."""

    @abstractmethod
    def rate_limited(self, seconds: float | None = None) -> HttpReply:
        """Too many requests; `seconds` is the wish in the form that this provider has for it, None for no wish."""

    @abstractmethod
    def prompt_blocked(self, category: str = "violence") -> HttpReply:
        """The prompt was kept from the model."""

    @abstractmethod
    def answer_blocked(self, text: str = "") -> HttpReply:
        """The answer was kept back; `text` is what had been written until then, where the provider gives it."""

    def account_empty(self) -> HttpReply:
        """There is no money left; of the providers in `BILLED` only."""
        raise NotImplementedError(f"{self.name} documents no answer for an empty account")
