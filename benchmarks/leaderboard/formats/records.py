"""A board as records, for programs: CSV and Parquet."""

import io
from collections.abc import Iterator
from typing import Any

from benchmarks.extras import library
from benchmarks.leaderboard.board import Board
from benchmarks.leaderboard.formats.registry import board_format
from benchmarks.metrics.states import STATES
from jury.spreadsheet import csv_lines

_CONTEXT = (
    "rank",
    "rank_best",
    "rank_worst",
    "suite",
    "ranked_by",
    "model",
    "published",
    "rehearsal",
    "labels",
    "source",
    "jury",
    "rubric",
    "jury_hash",
    "cases",
    *STATES,
)


@board_format("csv")
def as_csv(board: Board) -> bytes:
    """One row a model in full precision, each figure with the ends of its interval; no cell is a formula.

    Ranks are within a suite: the column `ranked_by` names the figure. The notes are in the column `notes` of every row, so that
    no row goes without them.
    """
    return b"".join(csv_lines(_names(board), _records(board)))


@board_format("parquet")
def as_parquet(board: Board) -> bytes:
    """The same as typed columns; needs the extra `[export]`."""
    pyarrow, parquet = library("pyarrow", extra="export"), library("pyarrow.parquet", extra="export")
    buffer = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(list(_records(board)), _schema(pyarrow, board)), buffer)
    return buffer.getvalue()


def _names(board: Board) -> list[str]:
    keys = dict.fromkeys(column.key for column in board.columns)
    figures = [name for key in keys for name in (key, f"{key}_low", f"{key}_high")]
    return [*_CONTEXT, *figures, "notes"]


def _records(board: Board) -> Iterator[dict[str, Any]]:
    placed = ((table, ranked) for table in board.tables for ranked in table.rows)
    for table, ranked in placed:
        row = ranked.row
        record: dict[str, Any] = {
            "rank": ranked.rank, "rank_best": ranked.best, "rank_worst": ranked.worst, "suite": row.suite, "ranked_by": table.ranked_by, "model": row.name, "published": row.published or None,
            "rehearsal": "REHEARSAL" in row.labels, "labels": ", ".join(row.labels), "source": row.source,
            "jury": row.jury, "rubric": row.rubric, "jury_hash": row.jury_hash, **row.counts,
            "notes": " ".join((*table.notes, *board.notes_on_all)),
        }  # fmt: skip
        for column in table.columns:
            if figure := row.figures.get(column.key):
                low, high = figure.interval or (None, None)
                record |= {column.key: figure.value, f"{column.key}_low": low, f"{column.key}_high": high}
        yield record


def _schema(pyarrow: Any, board: Board) -> Any:
    kinds = {"rehearsal": pyarrow.bool_()}
    kinds |= {name: pyarrow.int64() for name in ("rank", "rank_best", "rank_worst", "cases", *STATES)}
    words = {*_CONTEXT, "notes"}
    return pyarrow.schema(
        [(name, kinds.get(name, pyarrow.string() if name in words else pyarrow.float64())) for name in _names(board)]
    )
