"""Group commit: many coroutines write, one thread commits them a few milliseconds at a time."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from jury.errors import StoppedEarlyError
from jury.ledger.address import Address
from jury.ledger.databases import reason_of

#: How long a batch waits for company, in seconds.
PAUSE = 0.003

#: Have the rows counted that were written.
_COUNTED = {"preserve_rowcount": True}


@dataclass(frozen=True)
class _Waiting:
    rows: list[tuple[Table, dict[str, Any]]]
    written: "asyncio.Future[bool]"


class GroupCommit:
    """One writer for one database, over one connection: if that is lost, so is what it holds, and nothing more is written.

    A row whose key is there already is left as it is: the first writer of a finished call wins.
    """

    def __init__(self, connection: Connection, address: Address) -> None:
        self._connection, self._address = connection, address
        self._insert = postgresql.insert if address.shared else sqlite.insert
        self._statements: dict[str, Insert] = {}
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ledger")
        self._waiting: list[_Waiting] = []
        self._draining: asyncio.Task[None] | None = None
        self._problem: StoppedEarlyError | None = None
        self._last: asyncio.Future[bool] | None = None

    async def check(self) -> None:
        """Wait until what was handed over is written. Raises `StoppedEarlyError` if anything could not be."""
        if self._last is not None and not self._last.done():
            await asyncio.wait([self._last])
        if self._problem is not None:
            raise StoppedEarlyError(str(self._problem))

    async def commit(self, rows: list[tuple[Table, dict[str, Any]]]) -> bool:
        """Write some rows, all or none, and return when they are on disk, whether all that was written with them was new.

        Raises `StoppedEarlyError` if the store can't be written. What was paid for is tried even if earlier rows failed.
        """
        written: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(rows, written))
        self._last = written
        if self._draining is None or self._draining.done():
            self._draining = asyncio.create_task(self._drain())
        return await written

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
                new = await loop.run_in_executor(self._thread, self._write, batch)
            except StoppedEarlyError as error:
                self._problem = error
                _settle(batch, error)
            except SQLAlchemyError as error:
                self._problem = StoppedEarlyError(f"the ledger {self._address} can't be written: {reason_of(error)}")
                _settle(batch, self._problem)
            else:
                _settle(batch, new)

    def _write(self, batch: list[_Waiting]) -> bool:
        by_table: dict[Table, list[dict[str, Any]]] = {}
        for waiting in batch:
            for table, row in waiting.rows:
                by_table.setdefault(table, []).append(row)
        if self._connection.invalidated:
            raise StoppedEarlyError(f"the ledger {self._address} was lost; give the same command again")
        new = True
        with self._connection.begin():
            for table, rows in by_table.items():
                done = self._connection.execute(self._statement(table), rows, execution_options=_COUNTED)
                new &= done.rowcount == len(rows)
        return new

    def _statement(self, table: Table) -> Insert:
        if table.name not in self._statements:
            self._statements[table.name] = self._insert(table).on_conflict_do_nothing()
        return self._statements[table.name]


def _settle(batch: list[_Waiting], found: bool | Exception) -> None:
    for waiting in batch:
        if waiting.written.done():
            continue
        if isinstance(found, Exception):
            waiting.written.set_exception(found)
        else:
            waiting.written.set_result(found)
