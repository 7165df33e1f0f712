"""The data card: what the set is, who made it, what it is for, and how it is read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup

from benchmarks.generation.published import plot, rows
from benchmarks.generation.published.entries import Entry
from benchmarks.generation.published.making import Making, Material
from benchmarks.generation.published.markdown import rendered
from benchmarks.generation.published.members import members_of
from benchmarks.generation.published.roster import Roster
from jury.records import Taxonomy
from jury.taxonomies import in_language

FILE = "README.md"

_TEMPLATE = Path(__file__).parent / "card.md.j2"

#: Sizes as Hugging Face names them, with the number of rows each stays below.
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))

#: The task that data with these exhibits serve, as Hugging Face names it.
_TASKS = {"image": "image-text-to-text", "audio_female": "audio-text-to-text", "audio_male": "audio-text-to-text"}


def card_of(entries: Sequence[Entry], counts: Mapping[str, Any], material: Material, making: Making) -> str:
    """The card in Markdown, with the front matter that Hugging Face reads."""
    values = {
        "front": Markup(front_matter(entries, counts, material.taxonomy, making)),  # noqa: S704 - YAML dumped safely
        "taxonomy": material.taxonomy,
        "counts": counts,
        "categories": _categories(entries, counts),
        "techniques": _columns(counts, "technique"),
        "members": members_of(material, making, Roster(making)),
        "makers": making.makers,
        "criteria": rows.CRITERIA,
        "licence": making.licence,
        "plot": plot.FILE,
        "rehearsal": making.rehearsal,
    }
    return rendered(_TEMPLATE, values)


def front_matter(entries: Sequence[Entry], counts: Mapping[str, Any], taxonomy: Taxonomy, making: Making) -> str:
    """The YAML between the two lines of dashes: how the set is found and loaded."""
    present = [name for name in rows.EXHIBITS if counts["exhibits"][name]]
    content = {
        "pretty_name": " ".join(taxonomy.name.split()),
        "license": making.licence,
        "language": sorted({entry.query.language for entry in entries}),
        "task_categories": list(dict.fromkeys(["text-generation", *(_TASKS[name] for name in present)])),
        "size_categories": [next((name for most, name in _SIZES if len(entries) < most), "n>1M")],
        "tags": ["safety", "red-teaming", "synthetic", *(["rehearsal"] if making.rehearsal else [])],
        "configs": [{"config_name": "default", "data_files": [{"split": "test", "path": rows.FILE}]}],
        "dataset_info": {"features": [dict(feature) for feature in rows.FEATURES]},
    }
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=10_000)


def _categories(entries: Sequence[Entry], counts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One line for each category and language: its name, and its items by technique."""
    called = category_names(entries)
    tally: dict[tuple[str, str], Counter[str]] = {}
    for one in counts["by_kind"]:
        tally.setdefault((one["category"], one["language"]), Counter())[one["technique"]] += one["items"]
    return [
        {"key": key, "name": called[key], "language": language, "items": items, "total": items.total()}
        for (key, language), items in tally.items()
    ]


def category_names(entries: Sequence[Entry]) -> dict[str, str]:
    """What each category is called: in English where it has an English name."""
    return {one.category.key: in_language(one.category.name, "en") for one in entries}


def _columns(counts: Mapping[str, Any], field: str) -> list[str]:
    return sorted({one[field] for one in counts["by_kind"]})
