"""Rows of a ledger read back: what was altered since it was written is named, never believed."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError
from sqlalchemy import Table

from jury.errors import InputError
from jury.ledger.schema import digest_of
from jury.records import Record

R = TypeVar("R", bound=Record)


def record_of(kind: type[R], table: Table, row: Mapping[str, Any], ledger: object, column: str = "record") -> R:
    """The record in a column of a whole row. Raises `InputError` naming the ledger and the row where it was altered."""
    told = dict(row)
    if told["digest"] == digest_of(table.name, told):
        try:
            return kind.from_json(told[column])
        except ValidationError:
            pass  # sealed by a release with other records
    named = ", ".join(f"{key.name} {told[key.name]}" for key in table.primary_key)
    raise InputError(
        f"{ledger}: the row of `{table.name}` with {named} is not as it was written; "
        "restore the file from a copy, or have `jury ledger mend` drop it, to be made again"
    )
