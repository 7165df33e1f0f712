"""Tables that a spreadsheet may open: no cell is a formula, and each reads back as it was."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from jury.spreadsheet import csv_lines, harmless, restored

CELLS = st.text(st.sampled_from("=+-@'a1 \t\n＝é,\""), max_size=6)


def read(written: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written.decode(), newline=""), strict=True))


@given(st.lists(st.fixed_dictionaries({"id": CELLS, "text": CELLS}), min_size=1, max_size=5))
def test_what_was_written_reads_back_as_it_was(rows):
    written = b"".join(csv_lines(["id", "text"], rows))
    assert restored(read(written)) == [["id", "text"], *([row["id"], row["text"]] for row in rows)]


@given(CELLS)
def test_no_cell_is_a_formula(cell):
    assert not str(harmless(cell)).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))


def test_numbers_stay_numbers_and_protect_nothing():
    assert restored(read(b"".join(csv_lines(["id", "n"], [{"id": "=a", "n": -0.5}])))) == [["id", "n"], ["=a", "-0.5"]]


def test_an_apostrophe_of_an_author_who_protects_nothing_stays():
    rows = [["id", "text"], ["1", "'-5' is a number"], ["2", "-5 is one"]]
    assert restored(rows) == rows
