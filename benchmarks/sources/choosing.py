"""The cases of a source that are of a sort: one language, one technique, one variant."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from benchmarks.sources.loaded import Loaded
from benchmarks.sources.nothing import NothingShownError
from jury.records import Case


def chosen(loaded: Loaded, only: Mapping[str, Any], limit: int | None) -> Loaded:
    """The first `limit` cases that are as `only` says, in the source's order. Raises `NothingShownError` if none is."""
    if not only:
        return loaded
    cases = [case for case in loaded.cases if all(sort_of(case, name) == value for name, value in only.items())]
    if not cases:
        wanted = ", ".join(f"{name}={value}" for name, value in only.items())
        there = "; ".join(f"{name}: {', '.join(_present(loaded, name)) or 'none'}" for name in only)
        raise NothingShownError(f"{loaded.name}: no case is {wanted}; there are {there}")
    return replace(loaded, cases=tuple(cases[:limit]))


def sort_of(case: Case, name: str) -> str:
    """What a case is in one respect, such as its language; empty where that is not said."""
    said = case.metadata.get(name) if name == "category" else getattr(case, name)
    return said if isinstance(said, str) else ""


def _present(loaded: Loaded, name: str, most: int = 20) -> list[str]:
    return sorted({sort_of(case, name) for case in loaded.cases} - {""})[:most]
