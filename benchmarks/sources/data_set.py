"""A folder whose `data.jsonl` holds the cases: what a committee made, or anything else laid out so."""

from dataclasses import replace
from pathlib import Path

import orjson

from benchmarks.settings import ExhibitName
from benchmarks.sources.exhibits import Exhibits
from benchmarks.sources.jsonl import objects_in
from benchmarks.sources.loaded import Loaded
from benchmarks.sources.place import Place, quoted
from benchmarks.sources.published import are_published, are_rehearsed, items_of
from benchmarks.sources.row import cases_of
from jury.media import NOWHERE, MediaStore, Remote

DATA = "data.jsonl"

#: What the making of a set leaves beside its items.
MANIFEST = "manifest.json"

#: What test requests are judged by where no label says otherwise.
RUBRIC = "safebench"


def load(
    path: Path,
    media: MediaStore,
    limit: int | None,
    remote: Remote = NOWHERE,
    wanted: tuple[ExhibitName, ...] | None = None,
) -> Loaded:
    """The cases of a data set's folder, under its name; of the items of a published one, the parts that are `wanted`.

    A bad line is an invalid case. Raises `InputError` where no line can be read, or no item is left.
    """
    rows, exhibits, name = objects_in(path / DATA), Exhibits(path, media, remote), path.resolve().name
    if are_published(rows):
        items, bad, problems = items_of(rows, exhibits, wanted, limit)
        found = Loaded.of(name, items, counts={}, bad=bad)
        rubric = _named_rubric(path / MANIFEST)
        return replace(
            found,
            rubric=rubric or RUBRIC,
            rubric_reason="the taxonomy of the set names it"
            if rubric
            else "it is usual for sets whose taxonomy names none",
            rehearsal=are_rehearsed(items),
            problems=(*found.problems, *problems),
        )
    if wanted is not None:
        raise Place(path / DATA).error("holds cases that state their own parts", "leave out --exhibits")
    cases, bad = cases_of(rows, exhibits, limit)
    found = Loaded.of(name, cases, bad=bad)
    said = [one for case in cases for one in exhibits.complaints(case, f"case {quoted(case.id)}")]
    rubric = found.rubric or (None if found.labels else RUBRIC)
    return replace(found, rubric=rubric, problems=(*found.problems, *said))


def _named_rubric(manifest: Path) -> str | None:
    """The rubric that the taxonomy of a set names, None where there is no manifest that says it."""
    try:
        made = orjson.loads(manifest.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return None
    taxonomy = made.get("taxonomy") if isinstance(made, dict) else None
    named = taxonomy.get("rubric") if isinstance(taxonomy, dict) else None
    return named if isinstance(named, str) and named else None
