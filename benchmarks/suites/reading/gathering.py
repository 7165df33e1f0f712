"""From what was found in a set's files to its cases."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.sources.exhibits import Exhibits
from benchmarks.suites.reading.found import Found
from benchmarks.suites.registry import Gathered
from jury.errors import InputError
from jury.media import MediaStore
from jury.records import Case


def gathered(found: Found, root: Path, media: MediaStore, limit: int | None) -> Gathered:
    """The first `limit` cases, or all, and every problem; media of cases beyond the limit are not touched.

    A file that can't be used leaves an exhibit that says why, and is named. Raises `InputError` if no item is left.
    """
    exhibits = Exhibits(root, media)
    cases: dict[str, Case] = {}
    problems = list(found.problems)
    for item in found.items:
        if limit is not None and len(cases) == limit:
            break
        if item.id in cases:
            problems.append(f"{item.row.place}: repeats the item {item.id!r}; it is left out")
            continue
        try:
            cases[item.id] = case = item.case(exhibits)
        except InputError as error:
            problems.append(str(error))
        else:
            problems.extend(exhibits.complaints(case, str(item.row.place)))
    if not cases:
        raise InputError(_nothing_left(root, problems))
    return Gathered(tuple(cases.values()), tuple(problems))


def _nothing_left(root: Path, problems: Sequence[str]) -> str:
    more = f" (and {len(problems) - 1:,} more problems)" if len(problems) > 1 else ""
    return f"{root}: no case can be read; {problems[0]}{more}" if problems else f"{root}: holds no case; check --data"
