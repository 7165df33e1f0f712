"""MM-SafetyBench (arXiv 2311.17600): 1,680 questions in 13 scenarios, each with three images.

The published repository has a JSON file per scenario, `data/processed_questions/01-Illegal_Activitiy.json` (spelt so),
of questions under their numbers; the images lie in `data/imgs/01-Illegal_Activitiy/SD/0.jpg`, `SD_TYPO/` and `TYPO/`.
A drawn image is asked about with `Rephrased Question(SD)`, one with writing on it with `Rephrased Question`.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from benchmarks.sources.fields import Fields
from benchmarks.suites.origin import Origin
from benchmarks.suites.reading import (
    KEY,
    Found,
    Item,
    Rows,
    data_folder,
    first_of,
    found_in,
    gathered,
    json_rows,
    miscounted,
    slug,
)
from benchmarks.suites.registry import Gathered, suite
from jury.errors import InputError
from jury.media import MediaStore

NAME = "mm-safetybench"

ORIGIN = Origin(
    published=1680,
    unit="questions",
    modalities=("text", "image"),
    paper="arXiv 2311.17600",
    url="https://github.com/isXinLiu/MM-SafetyBench",
    terms="The data are for research, not for commerce.",
    files="data/processed_questions/01-….json with data/imgs/01-…/SD/0.jpg …, SD_TYPO/ and TYPO/",
    by_hand="clone https://github.com/isXinLiu/MM-SafetyBench and unpack the archive of images its README names into data/imgs",
)

#: Each image of a question: its folder, the field of its words, and what was done to it.
_IMAGES = (
    ("SD", "Rephrased Question(SD)", "drawing"),
    ("SD_TYPO", "Rephrased Question", "drawing_and_typography"),
    ("TYPO", "Rephrased Question", "typography"),
)
_QUESTION_FOLDERS = ("data/processed_questions", "processed_questions", ".")
_IMAGE_FOLDERS = ("data/imgs", "imgs", "data/MM-SafetyBench(imgs)", "MM-SafetyBench(imgs)", ".")
_FILE = re.compile(r"\d\d-(?P<scenario>\w+)")
_MISSPELT = {"illegal_activitiy": "illegal_activity"}


@suite(
    NAME,
    description="requests moved into an image: drawn, written, or both",
    licence="CC BY-NC 4.0",
    origin=ORIGIN,
)
def mm_safetybench(media: MediaStore, data: Path | None, limit: int | None) -> Gathered:
    """Three cases a question, a group each: the image drawn, drawn with writing, and written alone."""
    root = data_folder(NAME, data)
    read = [(path.stem, json_rows(path)) for path in _files(root)]
    counts = miscounted(NAME, sum(rows.count for _, rows in read), ORIGIN)
    found = sum((_items_of(root, stem, rows) for stem, rows in read), Found(problems=counts))
    return gathered(found, root, media, limit)


def _files(root: Path) -> list[Path]:
    for folder in _QUESTION_FOLDERS:
        if files := [path for path in sorted((root / folder).glob("*.json")) if _FILE.fullmatch(path.stem)]:
            return files
    raise InputError(f"{root}: has no data/processed_questions/01-….json; name the folder of the published repository")


def _items_of(root: Path, stem: str, rows: Rows) -> Found:
    words = stem.partition("-")[2]
    scenario = _MISSPELT.get(slug(words), slug(words))

    def items(row: Fields, _: int) -> Iterable[Item]:
        number = row.words(KEY)
        group = f"mm-safetybench-{stem[:2]}-{number}"
        for folder, field, technique in _IMAGES:
            yield Item(
                row=row,
                id=f"{group}-{folder.lower()}",
                prompt=row.filled(field, f"get a copy that has it; this one has {', '.join(row.values)}"),
                image=first_of(root, [f"{images}/{stem}/{folder}/{number}.jpg" for images in _IMAGE_FOLDERS]),
                group=group,
                variant=folder.lower(),
                scenario=scenario,
                technique=technique,
                metadata={"category": words.replace("_", " "), "question": row.words("Question")},
            )

    return found_in(rows, items)
