"""A gateway that asks a local model server through LiteLLM, for tests of what passes between the two."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model_server import ModelServer, Served

from jury.ballots import Vote, ballot_form
from jury.gateway.answers.form import Form
from jury.gateway.attempts import Patience
from jury.gateway.call import Gateway
from jury.gateway.route.exhibits import Exhibits
from jury.gateway.route.transport import LiteLLMTransport
from jury.ledger import Ledger
from jury.media import MediaStore
from jury.records import Message, ModelFacts, Request, Rubric, Scale, TextPart

MODEL = "hosted_vllm/local"
RUBRIC = Rubric(
    name="rated",
    choices=("safe", "unsafe"),
    positive="unsafe",
    rating=Scale(low=1, high=5, best="high", threshold=3),
)
FORM: Form[Vote] = ballot_form(RUBRIC)
BALLOT = json.dumps({"reasoning": "r", "choice": "unsafe", "rating": 2, "confidence": 0.5})


@dataclass(frozen=True)
class Socketed:
    """A gateway that asks through LiteLLM, and its ledger."""

    gateway: Gateway
    ledger: Ledger


@asynccontextmanager
async def opened_gateway(
    folder: Path, models: Mapping[str, ModelFacts] | None = None, **patience: Any
) -> AsyncIterator[Socketed]:
    """A gateway with its ledger in a folder; calls are tried once unless told otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    ledger = Ledger.open(folder / "ledger.sqlite")
    transport = LiteLLMTransport(Exhibits(MediaStore(folder / "media")), models)
    gateway = Gateway(transport, ledger, Patience(**{"tries": 1, "timeout": 10, **patience}))
    try:
        yield Socketed(gateway, ledger)
    finally:
        await gateway.close()
        await ledger.close()


def question(server: ModelServer, text: str = "Judge this.", **settings: Any) -> Request:
    """A question to the model behind a server."""
    message = Message(role="user", parts=(TextPart(text=text),))
    return Request(model=MODEL, messages=(message,), api_base=server.base, **settings)


def saying(finish_reason: str = "stop", **message: Any) -> Served:
    """An answer whose message has more fields than words."""
    choice = {"index": 0, "message": {"role": "assistant", **message}, "finish_reason": finish_reason}
    usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    body = {
        "id": "x",
        "object": "chat.completion",
        "created": 1,
        "model": "local",
        "choices": [choice],
        "usage": usage,
    }
    return Served(body=json.dumps(body).encode())


def failing(status: int, message: str) -> Served:
    """An error in OpenAI's form."""
    return Served(status=status, body=json.dumps({"error": {"message": message, "type": "error"}}).encode())
