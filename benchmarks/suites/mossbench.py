"""MOSSBench (arXiv 2406.17806): 300 harmless questions about images that look alarming; refusing them is the fault.

The published repository has `data/images_information/information.json`, objects under their numbers with `pid`,
`question`, `image` (`images/1.png`), descriptions and `metadata.over`, which is `type 1` to `type 3`; the images lie in
`data/images/`, some of them in another format than their name says there. The copy on the hub has a table
`metadata.csv` instead, whose columns its card states and this reader asks for: `question`, and `image` or `file_name`.
The contrasting set of harmful pairs is not read.
"""

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from benchmarks.sources.fields import Fields
from benchmarks.sources.table import Columns
from benchmarks.suites.origin import Origin
from benchmarks.suites.reading import (
    Found,
    Item,
    Rows,
    beside,
    data_folder,
    file_of,
    first_of,
    found_in,
    gathered,
    json_rows,
    miscounted,
    table_rows,
    text_of,
)
from benchmarks.suites.registry import Gathered, suite
from jury.media import MediaStore

NAME = "mossbench"

ORIGIN = Origin(
    published=300,
    unit="pairs",
    modalities=("text", "image"),
    paper="arXiv 2406.17806",
    url="https://github.com/xirui-li/MOSSBench",
    files="data/images_information/information.json with data/images/1.png …; or metadata.csv with images/1.png …",
    by_hand="clone https://github.com/xirui-li/MOSSBench",
)

_KINDS = {
    "type 1": ("exaggerated_risk", "Exaggerated Risk"),
    "type 2": ("negated_harm", "Negated Harm"),
    "type 3": ("counterintuitive_interpretation", "Counterintuitive Interpretation"),
}
_TABLE_COLUMNS: Columns = (("question",), ("image", "file_name"))
_LISTS = (
    "data/images_information/information.json",
    "images_information/information.json",
    "information.json",
    "images/metadata.csv",
    "metadata.csv",
)
_FORMATS = (".png", ".webp", ".jpg", ".jpeg")


@suite(
    NAME,
    description="harmless questions about images that look alarming, which a model should answer",
    licence="CC BY-SA 4.0",
    rubric="refusal",
    headlines=("over_refusal",),
    origin=ORIGIN,
)
def mossbench(media: MediaStore, data: Path | None, limit: int | None) -> Gathered:
    """The pairs in the file's order, all of them harmless."""
    root = data_folder(NAME, data)
    rows = _rows(root / first_of(root, _LISTS))

    def items(row: Fields, number: int) -> Iterable[Item]:
        kind, called = _kind(row)
        yield Item(
            row=row,
            id=f"mossbench-{text_of(row, 'pid') or number}",
            prompt=row.text("question") or "",
            image=first_of(root, _images(file_of(row, "image", "file_name"))),
            scenario=kind,
            metadata={"category": called, "harmless": True},
        )

    found = found_in(rows, items)
    return gathered(Found(problems=miscounted(NAME, rows.count, ORIGIN)) + found, root, media, limit)


def _rows(path: Path) -> Rows:
    return table_rows(path, _TABLE_COLUMNS) if path.suffix == ".csv" else json_rows(path)


def _kind(row: Fields) -> tuple[str, str]:
    """The stimulus by key and name; raises `InputError` for one that the paper does not know."""
    said = row.words("metadata_over") or row.table("metadata").words("over")
    if said and said not in _KINDS:
        raise row.error("metadata.over", f"is {said[:40]!r}", f"known are {', '.join(_KINDS)}")
    return _KINDS.get(said, ("", ""))


def _images(named: str) -> list[str]:
    """Where an image may lie: as it is named, beside the others, and in another format."""
    path = PurePosixPath(beside("", named))
    stems = [path.with_suffix(""), PurePosixPath("images") / path.stem]
    formats = (path.suffix, *_FORMATS)
    return [f"{folder}{stem}{suffix}" for suffix in formats for stem in stems for folder in ("", "data/")]
