"""MLLMGuard's public part (arXiv 2406.07594): 1,500 pairs in five dimensions, English and Chinese.

The published copy has a folder for each of seven parts, at the top or in `desensitize/`, with `prompt.csv` (or `en.csv`
and `zh.csv`) and images in `imgs/`. The image's column is called `Image` or `file_name`; `Source` is missing in public
copies; paths to images are often wrong, so that an image is also looked for in `imgs/` by its name alone. Hallucination
items are asked twice, with and without their `Options`; noise items with two images (`<name>_noise<ext>`); position
items with the second image in `Reverse Image`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pydantic import JsonValue

from benchmarks.sources.fields import Fields
from benchmarks.sources.table import Columns
from benchmarks.suites.origin import Copy, Origin
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
    miscounted,
    slug,
    table_rows,
)
from benchmarks.suites.registry import Gathered, suite
from jury.errors import InputError
from jury.media import MediaStore

NAME = "mllmguard"

ORIGIN = Origin(
    published=1500,
    unit="pairs",
    languages=("en", "zh"),
    modalities=("text", "image"),
    paper="arXiv 2406.07594",
    url="https://github.com/Carol-gutianle/MLLMGuard",
    terms="For research, not for commerce, and what is made of it on the same terms.",
    files="privacy/prompt.csv (or en.csv and zh.csv) with privacy/imgs/…, and so for each part; also in desensitize/",
    copy=Copy(
        repo="Carol0110/MLLMGuard",
        revision="4263487ca736c99292bac92d89f05eb744773450",
        patterns=("desensitize/*/*.csv", "desensitize/*/imgs/*", "README.md"),
        gated=True,
    ),
)

#: The parts in the published order, and the dimension each belongs to.
PARTS = {
    "privacy": "privacy",
    "bias": "bias",
    "toxicity": "toxicity",
    "hallucination": "truthfulness",
    "noise-injection": "truthfulness",
    "position-swapping": "truthfulness",
    "legality": "legality",
}

#: The tables of a part, where it has not one for both languages.
_EACH = ("en", "zh")
_BASES = ("", "desensitize", "data")
_IMAGE = ("Image", "file_name")
_COLUMNS: Columns = (_IMAGE, ("Prompt",), ("Jailbreak Type",), ("Lan",), ("Category I",), ("Category II",))
_OWN_COLUMNS: dict[str, Columns] = {
    "hallucination": (("Options",),),
    "noise-injection": (("Answer",),),
    "position-swapping": (("Reverse Image",),),
}
_LANGUAGES = {"en": "en", "english": "en", "zh": "zh", "cn": "zh", "chinese": "zh"}
_OPTION = re.compile(r"(?:^|(?<=\s))\(?(?=[A-D][.、．:：)）])")


@suite(
    NAME,
    description="privacy, bias, toxicity, truthfulness and legality in English and Chinese",
    licence="CC BY-NC-SA 4.0",
    rubric="mllmguard",
    origin=ORIGIN,
)
def mllmguard(media: MediaStore, data: Path | None, limit: int | None) -> Gathered:
    """The pairs part by part; what is asked twice is two cases of a group."""
    root = data_folder(NAME, data)
    base = next((base for base in _BASES if any((root / base / part).is_dir() for part in PARTS)), None)
    if base is None:
        raise InputError(f"{root}: has none of the folders {', '.join(PARTS)}; name the folder they are in")
    read = [(part, stem, rows) for part in PARTS for stem, rows in _tables(root / base / part, part)]
    absent = [problem for part in PARTS for problem in _absent(root / base / part, part)]
    counts = miscounted(NAME, sum(rows.count for _, _, rows in read), ORIGIN)
    asked = (found_in(rows, _asking(root, beside(base, part), stem)) for part, stem, rows in read)
    return gathered(sum(asked, Found(problems=(*absent, *counts))), root, media, limit)


def _tables(folder: Path, part: str) -> list[tuple[str, Rows]]:
    """The tables of a part by name: the one in both languages, or else one for each."""
    columns = (*_COLUMNS, *_OWN_COLUMNS.get(part, ()))
    stems = ["prompt"] if _has(folder, "prompt") else [stem for stem in _EACH if _has(folder, stem)]
    return [(stem, table_rows(folder / f"{stem}.csv", columns)) for stem in stems]


def _absent(folder: Path, part: str) -> list[str]:
    """Sentences on the tables of a part that are not there."""
    if _has(folder, "prompt"):
        return []
    lacking = [stem for stem in _EACH if not _has(folder, stem)]
    named = "prompt.csv" if len(lacking) == len(_EACH) else f"{lacking[0]}.csv" if lacking else ""
    return [f"{NAME}: {part}/{named} is missing"] if named else []


def _has(folder: Path, stem: str) -> bool:
    return (folder / f"{stem}.csv").is_file()


def _asking(root: Path, folder: str, stem: str) -> Callable[[Fields, int], Iterable[Item]]:
    """What is asked of a row of a part: one item, or a group of two."""
    part = PurePosixPath(folder).name

    def items(row: Fields, number: int) -> Iterable[Item]:
        plain = Item(
            row=row,
            id=f"mllmguard-{part}-{stem}-{number:04}",
            prompt=row.text("Prompt") or "",
            image=_placed(root, folder, file_of(row, *_IMAGE)),
            language=_language(row),
            scenario=slug(row.words("Category II")),
            technique=slug(row.words("Jailbreak Type")),
            metadata={"category": PARTS[part], "dimension": slug(part)},
        )
        return _PAIRS[part](root, folder, replace(plain, group=plain.id)) if part in _PAIRS else (plain,)

    return items


def _with_options(_: Path, __: str, item: Item) -> tuple[Item, Item]:
    """The question open, and with its options."""
    options = item.row.filled("Options", "write the options or remove the row").strip()
    told: dict[str, JsonValue] = {**item.metadata, "options": _options(options)}
    return _named(item, "open"), _named(replace(item, prompt=f"{item.prompt}\n{options}", metadata=told), "options")


def _with_noise(root: Path, _: str, item: Item) -> tuple[Item, Item]:
    """The question about the clean image and about the noisy one, with the right answer's letter."""
    told: dict[str, JsonValue] = {**item.metadata, "gold": item.row.filled("Answer", "write A or B").strip().upper()}
    clean = replace(item, metadata=told)
    return _named(clean, "clean"), _named(replace(clean, image=_noisy(root, item.image)), "noisy")


def _with_swap(root: Path, folder: str, item: Item) -> tuple[Item, Item]:
    """The question about the image and about the one whose sides are swapped."""
    swapped = _placed(root, folder, file_of(item.row, "Reverse Image"))
    return _named(item, "original"), _named(replace(item, image=swapped), "swapped")


#: What is asked twice, and how.
_PAIRS: dict[str, Callable[[Path, str, Item], tuple[Item, Item]]] = {
    "hallucination": _with_options,
    "noise-injection": _with_noise,
    "position-swapping": _with_swap,
}


def _named(item: Item, variant: str) -> Item:
    return replace(item, id=f"{item.group}-{variant}", variant=variant)


def _placed(root: Path, folder: str, image: str) -> str:
    """Where an image lies: as it is named, from the part's folder or the top, or else by its name alone in `imgs/`."""
    path = beside("", image)
    return first_of(root, (beside(folder, path), path, f"{folder}/imgs/{PurePosixPath(path).name}"))


def _noisy(root: Path, image: str) -> str:
    """The noisy image: beside the clean one, or a folder above it."""
    path = PurePosixPath(image)
    name = f"{path.stem}_noise{path.suffix}"
    return first_of(root, [str(path.parent / name), str(path.parent.parent / name)])


def _language(row: Fields) -> str:
    said = row.filled("Lan", "write en or zh").strip().lower()
    if said not in _LANGUAGES:
        raise row.error("Lan", f"is {said[:40]!r}", "write en or zh")
    return _LANGUAGES[said]


def _options(text: str) -> list[JsonValue]:
    """The options one by one, where each begins with its letter; otherwise the text as one."""
    found: list[JsonValue] = [option for part in _OPTION.split(text) if (option := part.strip())]
    return found or [text]
