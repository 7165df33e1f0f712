"""Which cases are drawn together, found again by walking from case to case."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

Tie = tuple[str, Any]


def clusters(cases: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The cluster of each case by its id: the least id among all that groups, media and requests lead to."""
    media = {case_id: frozenset(_media(case)) for case_id, case in cases.items()}
    phrases = _set_phrases({case_id: _request(case) for case_id, case in cases.items()}, media)
    ties = {case_id: set(_ties(case, media[case_id], phrases)) for case_id, case in cases.items()}
    holders: dict[Tie, list[str]] = {}
    for case_id in cases:
        for tie in ties[case_id]:
            holders.setdefault(tie, []).append(case_id)
    found: dict[str, str] = {}
    for case_id in sorted(cases):
        if case_id not in found:
            found.update(dict.fromkeys(_reached(case_id, ties, holders), case_id))
    return found


def _reached(start: str, ties: Mapping[str, set[Tie]], holders: Mapping[Tie, list[str]]) -> set[str]:
    reached, walked, waiting = {start}, set[Tie](), [start]
    while waiting:
        for tie in ties[waiting.pop()] - walked:
            walked.add(tie)
            further = set(holders[tie]) - reached
            reached |= further
            waiting.extend(further)
    return reached


def _ties(case: Mapping[str, Any], media: frozenset[Tie], phrases: set[str]) -> Iterator[Tie]:
    if case.get("group"):
        yield "group", case["group"]
    request = _request(case)
    if request and request not in phrases:
        yield "request", request
    yield from media


def _set_phrases(requests: Mapping[str, str], media: Mapping[str, frozenset[Tie]]) -> set[str]:
    """Requests of more than half of all cases, each of which shows something of its own: they tie nothing."""
    found = set()
    for request, times in Counter(filter(None, requests.values())).items():
        shown = [media[case_id] for case_id, asked in requests.items() if asked == request]
        if len(requests) > 1 and times > len(requests) / 2 and all(shown) and len(set(shown)) == times:
            found.add(request)
    return found


def _request(case: Mapping[str, Any]) -> str:
    """All that is written or spoken, each piece once."""
    said = [part.get("text") or part.get("spoken") for part in _parts(case)]
    return "\n".join(dict.fromkeys(filter(None, said)))


def _media(case: Mapping[str, Any]) -> Iterator[Tie]:
    """What a case shows; of images that a condition changed, what they were before."""
    before = case.get("metadata", {}).get("original_images")
    if isinstance(before, list):
        yield from (("medium", str(image)) for image in before)
    for part in _parts(case):
        if isinstance(before, list) and before and part["kind"] == "image":
            continue
        if part.get("media"):
            yield "medium", part["media"]["sha256"]
        elif part.get("description"):
            yield "described", part["description"]


def _parts(case: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [part for turn in case.get("turns", ()) for part in turn["parts"]]
