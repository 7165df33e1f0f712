"""Group commit: many coroutines write, one thread commits them a few milliseconds at a time."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from jury.errors import StoppedEarlyError

#: How long a batch waits for company, in seconds.
PAUSE = 0.003


@dataclass(frozen=True)
class _Waiting:
    rows: list[tuple[Table, dict[str, Any]]]
    written: "asyncio.Future[None]"


class GroupCommit:
    """One writer for one database. `commit` returns when its rows are on disk, all of them or none.

    A row whose key is there already is left as it is: the first writer of a finished call wins.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._insert = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert
        self._statements: dict[str, Insert] = {}
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger")
        self._waiting: list[_Waiting] = []
        self._draining: asyncio.Task[None] | None = None

    async def commit(self, rows: list[tuple[Table, dict[str, Any]]]) -> None:
        """Write some rows in one transaction. Raises `StoppedEarlyError` if the store can't be written."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(rows, written))
        if self._draining is None or self._draining.done():
            self._draining = asyncio.create_task(self._drain())
        await written

    async def close(self) -> None:
        """Wait until everything handed over is written."""
        while self._draining is not None and not self._draining.done():
            await self._draining
        self._thread.shutdown()

    async def _drain(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            await asyncio.sleep(PAUSE)
            batch, self._waiting = self._waiting, []
            try:
                await loop.run_in_executor(self._thread, self._write, batch)
            except StoppedEarlyError as error:
                _settle(batch, error)
            except SQLAlchemyError as error:
                _settle(batch, StoppedEarlyError(f"the ledger {self._engine.url} can't be written: {_reason(error)}"))
            else:
                _settle(batch, None)

    def _write(self, batch: list[_Waiting]) -> None:
        by_table: dict[Table, list[dict[str, Any]]] = {}
        for waiting in batch:
            for table, row in waiting.rows:
                by_table.setdefault(table, []).append(row)
        with self._engine.begin() as connection:
            for table, rows in by_table.items():
                connection.execute(self._statement(table), rows)

    def _statement(self, table: Table) -> Insert:
        if table.name not in self._statements:
            self._statements[table.name] = self._insert(table).on_conflict_do_nothing()
        return self._statements[table.name]


def _settle(batch: list[_Waiting], error: Exception | None) -> None:
    for waiting in batch:
        if waiting.written.done():
            continue
        if error is None:
            waiting.written.set_result(None)
        else:
            waiting.written.set_exception(error)


def _reason(error: SQLAlchemyError) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]
