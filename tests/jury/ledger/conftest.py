"""A ledger in a folder of its own, and a reader that shares nothing with it."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from jury.ledger import Ledger
from jury.records import Message, Request, TextPart

Rows = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


@pytest.fixture
async def ledger(path: Path) -> AsyncIterator[Ledger]:
    opened = Ledger.open(path)
    yield opened
    await opened.close()


@pytest.fixture
def on_disk(path: Path) -> Rows:
    """What a query gives another reader of the database at this moment."""

    def ask(query: str) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    return ask


@pytest.fixture
def question() -> Callable[..., Request]:
    """A request, told apart by its number."""

    def ask(number: int = 0, model: str = "test/safe") -> Request:
        return Request(model=model, messages=(Message(role="user", parts=(TextPart(text=f"Question {number}?"),)),))

    return ask
