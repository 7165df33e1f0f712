"""Reading published sets from disk: every row and file that can't be used is named, and the rest is read."""

from benchmarks.suites.reading.finding import beside, data_folder, first_of, present
from benchmarks.suites.reading.found import Found, found_in, miscounted
from benchmarks.suites.reading.gathering import gathered
from benchmarks.suites.reading.item import Item
from benchmarks.suites.reading.rows import KEY, Rows, bare_rows, json_of, json_rows, table_rows
from benchmarks.suites.reading.words import file_of, slug, text_of

__all__ = [
    "KEY",
    "Found",
    "Item",
    "Rows",
    "bare_rows",
    "beside",
    "data_folder",
    "file_of",
    "first_of",
    "found_in",
    "gathered",
    "json_of",
    "json_rows",
    "miscounted",
    "present",
    "slug",
    "table_rows",
    "text_of",
]
