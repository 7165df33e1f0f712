"""Published figures, read from a CSV file: one model a row, one figure a column."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.leaderboard.columns import category_key
from benchmarks.leaderboard.rows import Figure, Row
from jury.errors import InputError
from jury.taxonomies import load_taxonomy

#: Figures of a whole set as columns may name them: column → key.
_WHOLE = {
    "ASR": "asr", "SRI": "sri", "AVG_ASR": "avg_asr", "AVG_SRI": "avg_sri",
    "ASD": "asd", "PAR": "par", "AVG_ASD": "avg_asd", "AVG_PAR": "avg_par",
}  # fmt: skip


def read_published(path: Path) -> tuple[Row, ...]:
    """The rows of a file with the column `model` and figures such as `AVG_ASR` or, by a category's code, `CO_SRI`.

    A cell may be empty. Raises `InputError` naming file, row and column.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} can't be read ({error}); name a CSV file in UTF-8") from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    keys = _keys(path, [name for name in reader.fieldnames or () if name])
    return tuple(_row(path, number, cells, keys) for number, cells in enumerate(reader, start=2))


def _keys(path: Path, names: list[str]) -> dict[str, str]:
    """The key of every column that holds a figure."""
    if "model" not in names:
        raise InputError(f"{path} has no column `model`; name the models in one")
    codes = dict(_codes())
    known = {**_WHOLE, **codes}
    unknown = [name for name in names if name != "model" and name not in known]
    if unknown:
        raise InputError(
            f"{path}: column `{unknown[0]}` is no figure that is known; columns are {', '.join(_WHOLE)}, and "
            "ASR or SRI by a category's code, such as CO_ASR"
        )
    return {name: known[name] for name in names if name != "model"}


def _codes() -> Iterator[tuple[str, str]]:
    """`CO_ASR` and the like: the categories of SafeBench by their codes."""
    for category in load_taxonomy("safebench").categories:
        for figure in ("asr", "sri"):
            yield f"{category.code}_{figure.upper()}", category_key(category.name["en"], figure)


def _row(path: Path, number: int, cells: Mapping[str, str | None], keys: Mapping[str, str]) -> Row:
    name = (cells.get("model") or "").strip()
    if not name:
        raise InputError(f"{path} row {number}: field `model` is empty; name the model or remove the row")
    figures = {key: _figure(path, number, column, cells.get(column) or "") for column, key in keys.items()}
    known = {key: figure for key, figure in figures.items() if figure is not None}
    return Row(name, known, published=path.stem, labels=("published",))


def _figure(path: Path, number: int, column: str, cell: str) -> Figure | None:
    if not cell.strip():
        return None
    try:
        value = float(cell)
    except ValueError:
        value = float("nan")
    if not -1e9 < value < 1e9:
        raise InputError(f"{path} row {number}: field `{column}` is {cell[:40]!r}, not a number; write one or nothing")
    return Figure(value)
