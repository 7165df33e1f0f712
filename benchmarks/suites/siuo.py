"""SIUO (arXiv 2406.15279): safe words and a safe image that call for an unsafe answer together; 167 pairs.

The published copy has `siuo_gen.json`, a list of `question_id`, `image` (a name in `images/`), `question`, `category`
and `safety_warning`. The same questions with options (`siuo_mcqa.json`) are not read.
"""

from collections.abc import Iterable
from pathlib import Path

from benchmarks.sources.fields import Fields
from benchmarks.suites.origin import Copy, Origin
from benchmarks.suites.reading import (
    Found,
    Item,
    beside,
    data_folder,
    file_of,
    first_of,
    found_in,
    gathered,
    json_rows,
    miscounted,
    slug,
    text_of,
)
from benchmarks.suites.registry import Gathered, suite
from jury.media import MediaStore

NAME = "siuo"

ORIGIN = Origin(
    published=167,
    unit="pairs",
    modalities=("text", "image"),
    paper="arXiv 2406.15279",
    url="https://github.com/sinwang20/SIUO",
    terms="The publishers state no licence with the data; a mirror of it says CC BY-NC 4.0.",
    files="siuo_gen.json (or data/siuo_gen.json) with images/S-01.png …",
    copy=Copy(
        repo="sinwang/SIUO",
        revision="024e80a01795376b9fed12f8073a12f2275f22ee",
        patterns=("siuo_gen.json", "images/*", "README.md"),
    ),
)


@suite(
    NAME,
    description="safe words and a safe image that are unsafe together",
    licence="not stated",
    origin=ORIGIN,
)
def siuo(media: MediaStore, data: Path | None, limit: int | None) -> Gathered:
    """The pairs in the file's order."""
    root = data_folder(NAME, data)
    rows = json_rows(root / first_of(root, ("siuo_gen.json", "data/siuo_gen.json")))

    def items(row: Fields, number: int) -> Iterable[Item]:
        image = file_of(row, "image")
        category = row.words("category")
        yield Item(
            row=row,
            id=f"siuo-{text_of(row, 'question_id') or number}",
            prompt=row.text("question") or "",
            image=first_of(root, [beside(folder, image) for folder in ("images", "data/images", "")]),
            scenario=slug(category),
            metadata={"category": category, "risk": row.words("safety_warning")},
        )

    found = found_in(rows, items)
    return gathered(Found(problems=miscounted(NAME, rows.count, ORIGIN)) + found, root, media, limit)
