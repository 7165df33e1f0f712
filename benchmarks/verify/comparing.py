"""Recorded JSON beside derived JSON, leaf by leaf."""

from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.verify.ballots import UNTOLD

#: How far a float may lie from its derivation: both sides round intervals to nine decimals.
TOLERANCE = 1.5e-9

#: Fields whose zero says something; elsewhere in a record, nothing, zero and empty are the same as left out.
_TELLING = frozenset({"positive", "rating", "confidence"})

#: What no call can tell: the wording that asked for a ballot, and who put exhibits into words for it.
_UNDERIVED = frozenset({"template", "clerk"})

Difference = tuple[str, Any, Any]


def record_differences(recorded: Any, derived: Any) -> list[Difference]:
    """Where two records differ, fields with their defaults counting as left out."""
    first = {path: leaf for path, leaf in _leaves(recorded) if not _is_default(path, leaf)}
    second = {path: leaf for path, leaf in _leaves(derived) if not _is_default(path, leaf)}
    return list(_differences(first, second))


def document_differences(recorded: Any, derived: Any) -> list[Difference]:
    """Where two documents differ, in any field."""
    return list(_differences(dict(_leaves(recorded)), dict(_leaves(derived))))


def leaf_count(value: Any) -> int:
    """How many values a document holds."""
    return sum(1 for _ in _leaves(value))


def _differences(recorded: Mapping[str, Any], derived: Mapping[str, Any]) -> Iterator[Difference]:
    untold = tuple(path for path, leaf in derived.items() if leaf is UNTOLD)
    for path in [*derived, *(path for path in recorded if path not in derived)]:
        if untold and path.startswith(untold):
            continue
        one, other = recorded.get(path), derived.get(path)
        if not _same(one, other) or (path in recorded) != (path in derived):
            yield path, one, other


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value that holds no others, with the way to it; seats and jurors are named, not numbered."""
    if isinstance(value, Mapping) and value:
        for name, item in value.items():
            if name not in _UNDERIVED:
                yield from _leaves(item, f"{path}.{name}" if path else str(name))
    elif isinstance(value, (list, tuple)) and value:
        places: set[str] = set()
        for index, item in enumerate(value):
            place = _place(item, index, places)
            yield from _leaves(item, f"{path}[{place}]")
    else:
        yield path, value


def _place(item: Any, index: int, taken: set[str]) -> str:
    named = (item.get("seat") or item.get("juror")) if isinstance(item, Mapping) else None
    place = str(index) if named is None or str(named) in taken else str(named)
    taken.add(place)
    return place


def _is_default(path: str, leaf: Any) -> bool:
    name = path.rsplit(".", 1)[-1]
    if leaf is None:
        return name != "cost"
    return name not in _TELLING and leaf in ("", 0, [], {}, ())


def _same(recorded: Any, derived: Any) -> bool:
    if isinstance(derived, frozenset):
        return isinstance(recorded, str) and recorded in derived
    if isinstance(recorded, bool) or isinstance(derived, bool):
        return recorded is derived
    if isinstance(recorded, float) or isinstance(derived, float):
        return _close(recorded, derived)
    return bool(recorded == derived)


def _close(recorded: Any, derived: Any) -> bool:
    if isinstance(recorded, (int, float)) and isinstance(derived, (int, float)):
        return abs(recorded - derived) <= TOLERANCE * max(1.0, abs(derived))
    return False
