"""A folder whose `data.jsonl` holds the cases: what a committee made, or anything else laid out so."""

from dataclasses import replace
from pathlib import Path

from benchmarks.settings import ExhibitName
from benchmarks.sources.exhibits import Exhibits
from benchmarks.sources.jsonl import objects_in
from benchmarks.sources.loaded import Loaded
from benchmarks.sources.place import Place, quoted
from benchmarks.sources.published import are_published, are_rehearsed, items_of
from benchmarks.sources.row import cases_of
from jury.media import NOWHERE, MediaStore, Remote

DATA = "data.jsonl"

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
        return replace(found, rubric=RUBRIC, rehearsal=are_rehearsed(items), problems=(*found.problems, *problems))
    if wanted is not None:
        raise Place(path / DATA).error("holds cases that state their own parts", "leave out --exhibits")
    cases, bad = cases_of(rows, exhibits, limit)
    found = Loaded.of(name, cases, bad=bad)
    said = [one for case in cases for one in exhibits.complaints(case, f"case {quoted(case.id)}")]
    rubric = found.rubric or (None if found.labels else RUBRIC)
    return replace(found, rubric=rubric, problems=(*found.problems, *said))
