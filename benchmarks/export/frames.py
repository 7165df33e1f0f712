"""A finished run as a data frame."""

from typing import Any

from benchmarks.export.rows import columns, rows
from benchmarks.extras import library
from benchmarks.results import Results

#: The types of pandas that know a missing value.
_TYPES = {str: "string", bool: "boolean", int: "Int64", float: "Float64"}


def frame(results: Results) -> Any:
    """One row a case as a pandas `DataFrame`, every column with its type; needs the extra `[export]`."""
    pandas, types = library("pandas", extra="export"), columns(results)
    found = pandas.DataFrame.from_records(list(rows(results)), columns=list(types))
    return found.astype({name: _TYPES[kind] for name, kind in types.items()})
