"""A ledger in a file of its own, and once more in a database; and a reader that shares nothing with it."""

import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from postgres import ask

from jury.ledger import Ledger
from jury.ledger.address import Address
from jury.records import Message, Request, TextPart

Rows = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def address(path: Path, store: str | None) -> Address:
    return Address.of_file(path) if store is None else Address.of_database(store)


@pytest.fixture
async def ledger(address: Address) -> AsyncIterator[Ledger]:
    opened = Ledger.open(address)
    yield opened
    await opened.close()


@pytest.fixture
def on_disk(path: Path, store: str | None) -> Rows:
    """What a query gives another process at this moment."""

    def read(query: str) -> list[tuple[Any, ...]]:
        if store is not None:
            return ask(store, query)
        connection = sqlite3.connect(path)
        try:
            with connection:
                return connection.execute(query).fetchall()
        finally:
            connection.close()

    return read


@pytest.fixture
def question() -> Callable[..., Request]:
    """A request, told apart by its number."""

    def ask_about(number: int = 0, model: str = "test/safe") -> Request:
        return Request(model=model, messages=(Message(role="user", parts=(TextPart(text=f"Question {number}?"),)),))

    return ask_about
