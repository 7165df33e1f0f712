"""VLSBench (arXiv 2411.19939): 2,241 pairs whose words do not give away what the image holds.

The published copy has `data.json`, a list of `instruction`, `image_path` (`imgs/0.png`), `category`, `sub_category`,
`source` and descriptions, and the images in `imgs.tar`, which holds `imgs/`.
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
)
from benchmarks.suites.registry import Gathered, suite
from jury.media import MediaStore

NAME = "vlsbench"

ORIGIN = Origin(
    published=2241,
    unit="pairs",
    modalities=("text", "image"),
    paper="arXiv 2411.19939",
    url="https://github.com/AI45Lab/VLSBench",
    terms="The set holds harmful images and is meant for research.",
    files="data.json (or data/data.json) with imgs/0.png …",
    copy=Copy(
        repo="Foreshhh/vlsbench",
        revision="b56f6f6aad102fdb53f46e35fec96836bbe13001",
        patterns=("data.json", "imgs.tar", "README.md"),
        archives=("imgs.tar",),
    ),
)


@suite(
    NAME,
    description="image and words that are harmful together, with nothing harmful in the words",
    licence="Apache-2.0",
    origin=ORIGIN,
)
def vlsbench(media: MediaStore, data: Path | None, limit: int | None) -> Gathered:
    """The pairs in the file's order."""
    root = data_folder(NAME, data)
    rows = json_rows(root / first_of(root, ("data.json", "data/data.json")))

    def items(row: Fields, number: int) -> Iterable[Item]:
        image = file_of(row, "image_path")
        yield Item(
            row=row,
            id=f"vlsbench-{number:04}",
            prompt=row.text("instruction") or "",  # of entry 1686 there is the image alone
            image=first_of(root, (beside("", image), beside("data", image))),
            scenario=slug(row.words("sub_category")),
            metadata={"category": row.words("category"), "source": row.words("source")},
        )

    found = found_in(rows, items)
    return gathered(Found(problems=miscounted(NAME, rows.count, ORIGIN)) + found, root, media, limit)
