"""Voting on a group of proposals: what is clear stays, what is vague goes, what another group says already is merged."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jury.providers.rehearsal.authors.character import Author
from jury.providers.rehearsal.authors.kinds import Kind, recognised
from jury.providers.rehearsal.authors.sayings import saying
from jury.providers.rehearsal.picking import lot
from jury.providers.rehearsal.reading import Reading

KEEP, REJECT, MERGE = "keep", "reject", "merge_"

#: One group in so many an author sees otherwise at first; one such view in so many survives the argument.
DOUBTED, HELD = 9, 3
#: How severe a kind is taken to be that nobody knows.
UNKNOWN_SEVERITY = 5
_TILT = (-1, 0, 1)
_SURE, _UNSURE = 0.9, 0.6

_OTHER = re.compile(r"(?P<number>\d+): (?P<names>.+)")


@dataclass(frozen=True)
class Motion:
    """The group that is voted on: its proposals, line by line, and the names in other groups by their number."""

    proposals: tuple[str, ...]
    others: dict[int, tuple[str, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        """What the group's proposals are called."""
        return tuple(words.partition("\n")[0] for words in self.proposals)


@dataclass(frozen=True)
class View:
    """What an author would have done with a group, and why."""

    choice: str
    reason: str
    confidence: float = _SURE


def read_motion(texts: Sequence[str]) -> Motion:
    """The fenced texts told apart: another group is one line with its number, a proposal has a definition beneath."""
    others = {text: found for text in texts if (found := _OTHER.fullmatch(text))}
    return Motion(
        proposals=tuple(text for text in texts if text not in others),
        others={int(found["number"]): tuple(found["names"].split(" / ")) for found in others.values()},
    )


def vote(author: Author, reading: Reading, texts: Sequence[str]) -> str:
    """A ballot as JSON. At first an author may see a group otherwise; once it is argued, most such views are given up."""
    motion = read_motion(texts)
    name, _, about = "\n".join(motion.proposals).partition("\n")
    kind, key = recognised(name, about, reading.language), f"{author.name}\0{name}"
    view = _by_words(motion, kind, reading, key)
    if lot(key, "doubt") % DOUBTED == 0:
        view = _doubting(view, reading, key)
    ballot: dict[str, object] = {"reasoning": view.reason, "choice": view.choice, "confidence": view.confidence}
    if reading.scale is not None:
        severity = (kind.severity if kind else UNKNOWN_SEVERITY) + _TILT[lot(key, "rating") % len(_TILT)]
        ballot["rating"] = min(reading.scale.high, max(reading.scale.low, severity))
    return json.dumps(ballot, ensure_ascii=False)


def _by_words(motion: Motion, kind: Kind | None, reading: Reading, key: str) -> View:
    """What the words speak for."""
    language = reading.language
    if kind is None:
        return View(KEEP, saying(language, "keep_unknown", key=key))
    if kind.vague:
        return View(REJECT, saying(language, "reject", key=key))
    other = _same(motion, kind, reading)
    if other is not None:
        return View(f"{MERGE}{other}", saying(language, "merge", key=key, number=other))
    return View(KEEP, saying(language, "keep", key=key, name=kind.names[0], why=kind.why))


def _doubting(view: View, reading: Reading, key: str) -> View:
    """The view of one who saw it otherwise at first: it holds on to that, or is convinced by what it has heard."""
    language, keeps = reading.language, view.choice == KEEP
    doubt = View(REJECT if keeps else KEEP, saying(language, "doubt" if keeps else "waver", key=key), _UNSURE)
    if reading.own is None:
        return doubt
    if lot(key, "hold") % HELD == 0:
        return replace(doubt, reason=saying(language, "held", key=key, reason=doubt.reason))
    return replace(view, reason=saying(language, "convinced", key=key, reason=view.reason))


def _same(motion: Motion, kind: Kind, reading: Reading) -> int | None:
    """The other group of the same kind that is called best, if it is called better than this one."""
    better = [
        (standing, number)
        for number, names in motion.others.items()
        if f"{MERGE}{number}" in reading.choices
        and recognised(" / ".join(names), "", reading.language) == kind
        and (standing := kind.standing(names)) < kind.standing(motion.names)
    ]
    return min(better)[1] if better else None
