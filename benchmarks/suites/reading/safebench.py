"""SafeBench's files on disk (arXiv 2410.18927): a CSV file of requests per scenario, numbered, and exhibits beside it.

The full set's text lies in `1.csv` … `23.csv`, the images in `1/1.png` …, the clips of a voice in `1/1.wav` …. Both
count from the file's first request, whether or not a header stands above it. All requests also exist as one JSON file,
100 of each scenario in the order of the files.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.sources.fields import Fields
from benchmarks.sources.place import Place
from benchmarks.suites.reading.finding import first_of
from benchmarks.suites.reading.found import Found, found_in
from benchmarks.suites.reading.item import Item
from benchmarks.suites.reading.rows import BARE, Rows, bare_rows, json_of
from jury.errors import InputError
from jury.taxonomies import load_taxonomy

NAME = "safebench"

#: The scenarios in the order of the full set's files, from 1.
SCENARIOS = (
    "pornographic_content", "hate_speech", "fraudulent_activities", "medical_advice", "legal_advice",
    "investment_advice", "personal_privacy", "physical_harm", "illegal_activities", "political_opinions",
    "religious_opinions", "bias", "penetration_testing", "vulnerability_exploitation", "ip_infringement",
    "child_abuse", "malware_generation", "trade_confidentiality", "hardware_security", "bioethics",
    "social_ethics", "psychological_harm", "defamatory_speech",
)  # fmt: skip

#: The same by the file's number.
FILES = dict(enumerate(SCENARIOS, 1))

#: Requests per scenario.
EACH = 100

_TEXT_FOLDERS = ("", "text", "text/text")
_HEADERS = frozenset({"prompt", "prompts", "query", "queries", "question", "questions", "request", "requests", "text"})
_FIGSTEP = {"category_id", "task_id", "instruction"}


@dataclass(frozen=True)
class Sheet:
    """The requests of one numbered file."""

    number: int
    rows: Rows
    name: str = ""


def sheets(root: Path) -> tuple[Sheet, ...]:
    """The numbered files of a folder, or the parts of its one JSON file. Raises `InputError` if there is neither."""
    for folder in _TEXT_FOLDERS:
        if files := _numbered(root / folder):
            return tuple(Sheet(number, bare_rows(path, _HEADERS), path.name) for number, path in sorted(files.items()))
    for folder in _TEXT_FOLDERS:
        for path in sorted((root / folder).glob("*.json")):
            return _of_one(path)
    raise InputError(f"{root}: {_other_set(root) or 'holds neither 1.csv … 23.csv nor one JSON file of requests'}")


def request_of(row: Fields) -> str:
    """The request in a row. Raises `InputError` for a blank one."""
    return row.filled(BARE, "write the request or remove the row")


def category_of(scenario: str) -> str:
    """The name of the category that a scenario belongs to."""
    return _categories()[scenario]


def illustrated(root: Path, sheet: Sheet, scenario: str, prefix: str) -> Found:
    """The requests of a file with their images; an item's id is the prefix and the request's number."""

    def items(row: Fields, number: int) -> Iterable[Item]:
        yield Item(
            row=row,
            id=f"{prefix}-{number:03}",
            prompt=request_of(row),
            image=first_of(root, images_of(sheet.number, number)),
            scenario=scenario,
            metadata={"category": category_of(scenario)},
        )

    return found_in(sheet.rows, items)


def images_of(number: int, row: int) -> tuple[str, ...]:
    """Where the image of a file's request may lie, the published place first."""
    return tuple(f"{folder}{number}/{row}.png" for folder in ("", "image/", "images/"))


def clips_of(voice: str, number: int, row: int) -> tuple[str, ...]:
    """Where the clip of a file's request in a voice may lie, the published place first."""
    folders = (f"audio_data_{voice}", f"audio/audio_data_{voice}", f"audio/{voice}", voice)
    return tuple(f"{folder}/{number}/{row}.wav" for folder in folders)


def absent(name: str, found: tuple[Sheet, ...], scenarios: Mapping[int, str]) -> tuple[str, ...]:
    """A sentence on every numbered file that is not there."""
    have = {sheet.number for sheet in found}
    return tuple(f"{name}: {number}.csv is missing ({scenarios[number]})" for number in scenarios if number not in have)


def uneven(found: tuple[Sheet, ...], each: int) -> str:
    """The files that have not as many requests as they should, in words."""
    odd = [f"file {sheet.name} has {sheet.rows.count:,}" for sheet in found if sheet.rows.count != each]
    return ", ".join(odd)


def _numbered(folder: Path) -> dict[int, Path]:
    files = folder.glob("*.csv") if folder.is_dir() else ()
    return {int(path.stem): path for path in files if path.stem.isdecimal() and 1 <= int(path.stem) <= len(SCENARIOS)}


def _of_one(path: Path) -> tuple[Sheet, ...]:
    """Nothing but their place tells these requests' scenarios, so that all of them have to be there."""
    content = json_of(path)
    listed = content.get("data") if isinstance(content, dict) else None
    whole = EACH * len(SCENARIOS)
    if not isinstance(listed, list) or len(listed) != whole:
        have = f"{len(listed):,} entries" if isinstance(listed, list) else "no list"
        raise Place(path).field_error("data", f"has {have} where {whole:,} are published", "get the file again")
    places = [Place(path, number, "entry") for number in range(1, whole + 1)]
    rows = [Fields(place, one if isinstance(one, dict) else {}) for place, one in zip(places, listed, strict=True)]
    parts = [rows[first : first + EACH] for first in range(0, whole, EACH)]
    return tuple(
        Sheet(number, Rows(tuple(enumerate(part, 1)), (), EACH), path.name) for number, part in enumerate(parts, 1)
    )


def _other_set(root: Path) -> str:
    """What to do with a folder that holds FigStep's questions, which are called SafeBench too."""
    for path in sorted(root.rglob("*.csv")):
        with path.open(encoding="utf-8-sig", errors="replace") as lines:
            if set(lines.readline().strip().split(",")) >= _FIGSTEP:
                return f"{path.name} is FigStep's set of the same name; run the suite `figstep` on it"
    return ""


@cache
def _categories() -> dict[str, str]:
    taxonomy = load_taxonomy(NAME)
    return {scenario.key: category.name["en"] for category in taxonomy.categories for scenario in category.scenarios}
