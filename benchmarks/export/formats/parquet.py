"""Parquet: the flat table with its types."""

from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.export.formats.registry import export_format
from benchmarks.export.rows import columns, rows
from benchmarks.extras import library
from benchmarks.results import Results
from jury.atomic import taking_its_place

#: Rows held at once.
_BATCH = 500


@export_format("parquet")
def as_parquet(results: Results, path: Path) -> None:
    """One row a case; a value that is not there is null. Needs the extra `[export]`."""
    pyarrow, parquet = library("pyarrow", extra="export"), library("pyarrow.parquet", extra="export")
    schema, told = _schema(pyarrow, columns(results)), rows(results)
    with taking_its_place(path) as passing, parquet.ParquetWriter(passing, schema) as writer:
        while some := list(islice(told, _BATCH)):
            writer.write_table(pyarrow.Table.from_pylist(some, schema))


def _schema(pyarrow: Any, types: dict[str, type]) -> Any:
    kinds = {str: pyarrow.string(), bool: pyarrow.bool_(), int: pyarrow.int64(), float: pyarrow.float64()}
    return pyarrow.schema([(name, kinds[kind]) for name, kind in types.items()])
