"""MSTS (arXiv 2501.10057): 400 English prompts that are unsafe with their image only, and translations of them.

The published repository has a CSV file per language, `data/prompts/english_multimodal.csv`, of which this reader asks
for the columns `case_id`, `prompt_type`, `prompt_text` and `unsafe_image_id`, as the set's card states them. The images
are not in it: its script fetches them by address into `data/unsafe_images/<unsafe_image_id>.jpg` or `.png`.
"""

from collections.abc import Iterable
from pathlib import Path

from benchmarks.sources.fields import Fields
from benchmarks.sources.table import Columns
from benchmarks.suites.origin import Origin
from benchmarks.suites.reading import Found, Item, data_folder, first_of, found_in, gathered, slug, table_rows
from benchmarks.suites.reading.rows import Rows
from benchmarks.suites.registry import Gathered, suite
from jury.errors import InputError
from jury.media import MediaStore

NAME = "msts"

#: The languages in the order of their cases, with the prompts published in each.
LANGUAGES = {
    "english": ("en", 400), "arabic": ("ar", 200), "chinese": ("zh", 200), "farsi": ("fa", 200),
    "french": ("fr", 200), "german": ("de", 200), "hindi": ("hi", 200), "italian": ("it", 200),
    "korean": ("ko", 200), "russian": ("ru", 200), "spanish": ("es", 200),
}  # fmt: skip

ORIGIN = Origin(
    published=sum(number for _, number in LANGUAGES.values()),
    unit="prompts",
    languages=tuple(code for code, _ in LANGUAGES.values()),
    modalities=("text", "image"),
    paper="arXiv 2501.10057",
    url="https://github.com/paul-rottger/msts-multimodal-safety",
    terms="The images are from the web under licences of their own; the publishers ask for use in research only.",
    files="data/prompts/english_multimodal.csv … with data/unsafe_images/<unsafe_image_id>.jpg or .png",
    by_hand="clone https://github.com/paul-rottger/msts-multimodal-safety and run its src/0_download_images.py",
)

_COLUMNS: Columns = (("case_id",), ("prompt_type",), ("prompt_text",), ("unsafe_image_id",))
_PROMPT_FOLDERS = ("data/prompts/", "prompts/", "")
_IMAGE_FOLDERS = ("data/unsafe_images/", "unsafe_images/", "images/")
_FORMATS = (".jpg", ".png", ".jpeg", ".webp")


@suite(
    NAME,
    description="prompts that are unsafe with their image only, in eleven languages",
    licence="CC BY 4.0",
    origin=ORIGIN,
)
def msts(media: MediaStore, data: Path | None, limit: int | None) -> Gathered:
    """The prompts language by language, English first; prompts of one case are a group in all languages."""
    root = data_folder(NAME, data)
    files = {
        language: first_of(root, [f"{folder}{language}_multimodal.csv" for folder in _PROMPT_FOLDERS])
        for language in LANGUAGES
    }
    read = {language: table_rows(root / file, _COLUMNS) for language, file in files.items() if (root / file).is_file()}
    if not read:
        raise InputError(f"{root}: has no data/prompts/english_multimodal.csv, nor that of another language")
    absent = [f"{NAME}: {file} is missing" for language, file in files.items() if language not in read]
    counts = [problem for language, rows in read.items() for problem in _miscounted(language, rows)]
    found = sum((_items_of(root, *part) for part in read.items()), Found(problems=(*absent, *counts)))
    return gathered(found, root, media, limit)


def _miscounted(language: str, rows: Rows) -> list[str]:
    published = LANGUAGES[language][1]
    if rows.count == published:
        return []
    return [f"{NAME}: {rows.count:,} prompts in {language}, {published:,} are published"]


def _items_of(root: Path, language: str, rows: Rows) -> Found:
    code = LANGUAGES[language][0]

    def items(row: Fields, _: int) -> Iterable[Item]:
        case, kind = (row.filled(name, "get the file again").strip() for name in ("case_id", "prompt_type"))
        image = row.filled("unsafe_image_id", "get the file again").strip()
        yield Item(
            row=row,
            id=f"msts-{code}-{case}-{kind}",
            prompt=row.text("prompt_text") or "",
            image=first_of(root, [f"{folder}{image}{suffix}" for folder in _IMAGE_FOLDERS for suffix in _FORMATS]),
            description=row.words("unsafe_image_description"),
            group=f"msts-{case}",
            variant=f"{code}-{kind}",
            language=code,
            scenario=slug(row.words("hazard_subcategory")),
            metadata={"category": row.words("hazard_category"), "prompt_type": kind},
        )

    return found_in(rows, items)
