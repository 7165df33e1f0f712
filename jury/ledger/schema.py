"""The ledger's tables. Every row carries a digest of itself, so that an altered one is found and named."""

from typing import Any

from sqlalchemy import DDL, Column, Index, Integer, MetaData, String, Table, Text, event

from jury.hashing import sha256_of_json

#: Counted up whenever a table changes; `migrations/` has a revision for each.
SCHEMA_VERSION = 3

metadata = MetaData()

#: One value each: the schema's version, the secret behind the fences' markers.
meta = Table("meta", metadata, Column("name", String, primary_key=True), Column("value", Text, nullable=False))

#: One finished model call: what was asked and what came back (JSON of `Request` and `Completion`).
calls = Table(
    "calls",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("model", Text, nullable=False),
    Column("request", Text, nullable=False),
    Column("completion", Text, nullable=False),
    Column("digest", String(64), nullable=False),
)

#: One run: its manifest, which says all that shapes its verdicts.
runs = Table(
    "runs",
    metadata,
    Column("run", String(64), primary_key=True),
    Column("manifest", Text, nullable=False),
    Column("digest", String(64), nullable=False),
)

#: The position of a case that a run was over once and is no more.
WITHDRAWN = -1

#: One case of a run as it was loaded, in the order of its source.
cases = Table(
    "cases",
    metadata,
    Column("run", String(64), primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("record", Text, nullable=False),
    Column("digest", String(64), nullable=False),
)

#: Which call a seat made in which round of which case; `attempt` counts on where a question was asked again.
trials = Table(
    "trials",
    metadata,
    Column("run", String(64), primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("phase", Text, primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("seat", Text, primary_key=True),
    Column("attempt", Integer, primary_key=True),
    Column("call", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Index("trials_by_call", "call"),
)

#: One case that a target has answered: what it said, and how it was asked.
answers = Table(
    "answers",
    metadata,
    Column("run", String(64), primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("record", Text, nullable=False),
    Column("digest", String(64), nullable=False),
)

#: One finished case: its transcript's answers and its verdict.
verdicts = Table(
    "verdicts",
    metadata,
    Column("run", String(64), primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("record", Text, nullable=False),
    Column("digest", String(64), nullable=False),
)

#: Which run paid for a call, in a database that several runs share: it counts against that run's budget.
payers = Table(
    "payers", metadata, Column("call", String(64), primary_key=True), Column("run", String(64), nullable=False)
)

#: The tables whose rows are sealed, in the order in which a run fills them.
SEALED = (runs, cases, calls, trials, answers, verdicts)

# SQLite numbers rows in the order they came by itself; PostgreSQL is told to, so that both are read by the same words.
for _table in SEALED:
    _numbered = DDL("ALTER TABLE %(table)s ADD COLUMN rowid BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE")  # type: ignore[no-untyped-call]
    event.listen(_table, "after_create", _numbered.execute_if(dialect="postgresql"))


def sealed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """The row with its digest: SHA-256 over the table's name and every other column."""
    return {**row, "digest": digest_of(table.name, row)}


def digest_of(table: str, row: dict[str, Any]) -> str:
    """64 hex digits over a row without its digest."""
    return sha256_of_json([table, {name: value for name, value in row.items() if name != "digest"}])
