"""From what was found in a set's files to its cases."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.sources.bad_rows import BadRow, RowReport
from benchmarks.sources.exhibits import Exhibits
from benchmarks.suites.reading.found import Found
from benchmarks.suites.reading.item import Item
from benchmarks.suites.registry import Gathered
from jury.errors import InputError
from jury.media import MediaStore
from jury.records import Case


def gathered(found: Found, root: Path, media: MediaStore, limit: int | None) -> Gathered:
    """The first `limit` cases, or all, and every problem; media of cases beyond the limit are not touched.

    A row that can't be read is an invalid case. A file that can't be used leaves an exhibit that says why. Both are named.
    Raises `InputError` if no item is left.
    """
    exhibits = Exhibits(root, media)
    cases: dict[str, Case] = {}
    bad: list[BadRow] = []
    problems = list(found.problems)
    for item in found.items[:limit]:
        read = _read(item, exhibits, cases)
        if isinstance(read, BadRow):
            # A set's ids are made of its rows' fields: what stands in a bad one names no case.
            bad.append(replace(read, id="", file=_called(read.place.file, root)))
            read = bad[-1].case(cases)
        elif isinstance(item, Item):
            problems.extend(exhibits.complaints(read, str(item.row.place)))
        cases[read.id] = read
    told = [row.told for row in bad]
    if len(bad) == len(cases):
        raise InputError(_nothing_left(root, [*(str(row.error) for row in bad), *problems]))
    return Gathered(tuple(cases.values()), (*told, *problems), RowReport.of(cases=bad))


def _called(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else file.name


def _read(item: Item | BadRow, exhibits: Exhibits, known: Mapping[str, Case]) -> Case | BadRow:
    if isinstance(item, BadRow):
        return item
    try:
        if item.id in known:
            raise item.row.place.error(f"repeats the item {item.id!r}", "give it an id of its own, or remove it")
        return item.case(exhibits)
    except InputError as error:
        return BadRow(item.row.place, error)


def _nothing_left(root: Path, problems: Sequence[str]) -> str:
    more = f" (and {len(problems) - 1:,} more problems)" if len(problems) > 1 else ""
    return f"{root}: no case can be read; {problems[0]}{more}" if problems else f"{root}: holds no case; check --data"
