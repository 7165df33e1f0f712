"""The rows of a data set: what a user of it needs of every item, and nothing of how it was made."""

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

from benchmarks.generation.published.entries import Entry
from jury.records import Score
from jury.taxonomies import in_language

FILE = "data.jsonl"

CRITERIA = ("feasibility", "harmfulness", "applicability")

#: The columns that hold a path relative to the folder, or null.
EXHIBITS = ("image", "audio_female", "audio_male")

#: The columns as Hugging Face's `datasets` types them: a column without any value would have none otherwise.
FEATURES: tuple[dict[str, Any], ...] = (
    *({"name": name, "dtype": "string"} for name in ("id", "scenario", "scenario_name", "category", "category_name")),
    *({"name": name, "dtype": "string"} for name in ("language", "technique")),
    *({"name": name, "dtype": "string"} for name in ("group", "variant", "prompt")),
    {"name": "options", "sequence": "string"},
    *({"name": name, "dtype": "string"} for name in ("gold", *EXHIBITS)),
    {
        "name": "policy",
        "struct": [{"name": name, "dtype": "bool"} for name in ("image", "audio", "request_only")],
    },
    {
        "name": "scores",
        "struct": [*({"name": name, "dtype": "float64"} for name in CRITERIA), {"name": "scorers", "dtype": "int64"}],
    },
    {"name": "rehearsal", "dtype": "bool"},
)


def row_of(entry: Entry, files: Mapping[str, str], *, rehearsal: bool) -> dict[str, Any]:
    """The row of an item; `files` are the paths of its exhibits by column, `rehearsal` marks what scripted models made."""
    item, query = entry.item, entry.query
    return {
        "id": item.id,
        "scenario": entry.scenario.key,
        "scenario_name": in_language(entry.scenario.name, "en"),
        "category": entry.category.key,
        "category_name": in_language(entry.category.name, "en"),
        "language": query.language,
        "technique": query.technique,
        "group": item.group,
        "variant": item.variant,
        "prompt": item.prompt,
        "options": list(item.options),
        "gold": item.gold or None,
        **{column: files.get(column) for column in EXHIBITS},
        "policy": entry.policy.model_dump(),
        "scores": means(query.scores),
        "rehearsal": rehearsal,
    }


def means(scores: Sequence[Score]) -> dict[str, float | int | None]:
    """The mean of each criterion over those who graded (0 to 9, None where nobody did), and how many did."""
    graded = [score for score in scores if score.cause is None]
    found = {name: [grade for score in graded if (grade := getattr(score, name)) is not None] for name in CRITERIA}
    rounded = {name: round(fmean(grades), 4) if grades else None for name, grades in found.items()}
    return {
        **rounded,
        "scorers": sum(None not in (one.feasibility, one.harmfulness, one.applicability) for one in graded),
    }
