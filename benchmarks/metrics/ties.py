"""What makes cases depend on each other: a common group, picture, clip or request."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from networkx.utils import UnionFind

from jury.records import AudioPart, Case, ImagePart, Part, TextPart

#: Where a case's metadata say which images it had before a condition changed them.
ORIGINALS = "original_images"


@dataclass(frozen=True)
class Ties:
    """What a case may share with others: its group, its images and clips by hash, and its request by hash."""

    group: str = ""
    media: frozenset[str] = frozenset()
    request: str = ""

    @classmethod
    def of(cls, case: Case) -> "Ties":
        """The ties of a case. A picture that is only described is known by its description.

        An image under a condition is known by what it was: that all are black ties nothing.
        """
        parts = [part for turn in case.turns for part in turn.parts]
        words = dict.fromkeys(word for part in parts if (word := _words(part)))
        originals = original_images(case)
        shown = (part for part in parts if not (originals and isinstance(part, ImagePart)))
        media = frozenset(name for part in shown if (name := _medium(part)))
        return cls(case.group, media | originals, _digest("\n".join(words)) if words else "")


def original_images(case: Case) -> frozenset[str]:
    """The hashes of a case's images before a condition changed them; none where none did."""
    listed = case.metadata.get(ORIGINALS)
    return frozenset(map(str, listed)) if isinstance(listed, list) else frozenset()


def clusters(ties: Mapping[str, Ties]) -> dict[str, str]:
    """The cluster of each case by its id, named after the least of its members' ids (by code points).

    Cases are in one cluster if a chain of ties links them: a common group, image, clip, or request word for word.
    A request that more than half of all cases make, each with media of its own, is a set phrase and ties nothing:
    what is asked stands in the media then.
    """
    phrases = set(_set_phrases(ties))
    sets = UnionFind(ties)
    first: dict[tuple[str, str], str] = {}
    for case_id, tie in ties.items():
        for shared in _shared(tie, phrases):
            sets.union(first.setdefault(shared, case_id), case_id)
    return {case_id: name for members in sets.to_sets() for name in [min(members)] for case_id in members}


def _shared(tie: Ties, phrases: set[str]) -> Iterator[tuple[str, str]]:
    if tie.group:
        yield "group", tie.group
    if tie.request and tie.request not in phrases:
        yield "request", tie.request
    for medium in tie.media:
        yield "medium", medium


def _set_phrases(ties: Mapping[str, Ties]) -> Iterator[str]:
    media: dict[str, list[frozenset[str]]] = defaultdict(list)
    for tie in ties.values():
        if tie.request:
            media[tie.request].append(tie.media)
    for request, shown in media.items():
        if 2 * len(shown) > len(ties) > 1 and frozenset() not in shown and len(set(shown)) == len(shown):
            yield request


def _words(part: Part) -> str:
    if isinstance(part, TextPart):
        return part.text
    return part.spoken if isinstance(part, AudioPart) else ""


def _medium(part: Part) -> str:
    if isinstance(part, TextPart):
        return ""
    if part.media is not None:
        return part.media.sha256
    return _digest(part.description) if isinstance(part, ImagePart) and part.description else ""


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
