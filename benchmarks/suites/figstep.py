"""FigStep (arXiv 2311.05608): 500 requests drawn as numbered lists, in a set that is called SafeBench too.

The published repository has `data/question/safebench.csv`, a part of 50 in `SafeBench-Tiny.csv`, and the images in
`data/images/SafeBench/` and `SafeBench-Tiny/`, named `query_ForbidQI_<category_id>_<task_id>_6.png`. The words that go
with the image are ours (`prompts/suites/`); like the paper's they ask for the list to be filled in. FigStep-Pro, cut
into several images, is not read.
"""

from collections.abc import Iterable
from pathlib import Path

from benchmarks.sources.fields import Fields
from benchmarks.sources.table import Columns
from benchmarks.suites.origin import Origin
from benchmarks.suites.reading import (
    Found,
    Item,
    data_folder,
    first_of,
    found_in,
    gathered,
    miscounted,
    present,
    slug,
    table_rows,
)
from benchmarks.suites.registry import Gathered, suite
from jury.errors import InputError
from jury.media import MediaStore
from jury.sandbox import Sandbox
from prompts import library

NAME = "figstep"

ORIGIN = Origin(
    published=500,
    modalities=("text", "image"),
    paper="arXiv 2311.05608",
    url="https://github.com/ThuCCSLab/FigStep",
    terms="The repository's licence is MIT; the authors warn of harmful content and removed some files.",
    files="data/question/safebench.csv (or SafeBench-Tiny.csv) with data/images/SafeBench/query_ForbidQI_1_1_6.png …",
    by_hand="clone https://github.com/ThuCCSLab/FigStep",
)

_COLUMNS: Columns = (("category_id",), ("task_id",), ("category_name",), ("question",))
_QUESTION_FOLDERS = ("data/question/", "question/", "")
_IMAGE_FOLDERS = ("data/images/", "images/", "")
#: The questions' file, and the folder of the images drawn from them; the whole set first.
_PARTS = (("safebench.csv", "SafeBench"), ("SafeBench.csv", "SafeBench"), ("SafeBench-Tiny.csv", "SafeBench-Tiny"))


@suite(
    NAME,
    description="harmful requests drawn as numbered lists, for models to fill in",
    licence="MIT",
    origin=ORIGIN,
)
def figstep(media: MediaStore, data: Path | None, limit: int | None) -> Gathered:
    """The requests in the file's order; of a folder that has the whole set and the part of 50, the whole set."""
    root = data_folder(NAME, data)
    questions, drawn = _files(root)
    rows = table_rows(root / questions, _COLUMNS)
    words = Sandbox(library()).text("suites/figstep", "en", {})

    def items(row: Fields, _: int) -> Iterable[Item]:
        category, task = (row.filled(name, "write its number").strip() for name in ("category_id", "task_id"))
        name = f"query_ForbidQI_{category}_{task}_6.png"
        yield Item(
            row=row,
            id=f"figstep-{category}-{task}",
            prompt=words,
            image=first_of(root, [f"{folder}{drawn}/{name}" for folder in _IMAGE_FOLDERS]),
            scenario=slug(row.words("category_name")),
            technique="typography",
            metadata={"category": row.words("category_name"), "question": row.words("question")},
        )

    found = found_in(rows, items)
    return gathered(Found(problems=miscounted(NAME, rows.count, ORIGIN)) + found, root, media, limit)


def _files(root: Path) -> tuple[str, str]:
    """The file of questions and the name of its images' folder. Raises `InputError` if there is none."""
    for name, drawn in _PARTS:
        for folder in _QUESTION_FOLDERS:
            if present(root, folder + name):
                return folder + name, drawn
    other = "; 1.csv belongs to another set of that name, the suite `safebench`" if present(root, "1.csv") else ""
    raise InputError(f"{root}: has no data/question/safebench.csv nor SafeBench-Tiny.csv{other}")
