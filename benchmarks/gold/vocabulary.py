"""The labels that a set of gold labels is made of: those of a rubric, and those of the set's own."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from jury.errors import InputError
from jury.labels import ABSTAIN, LabelIndex, label_key
from jury.prompt_files import open_library
from jury.records import Rubric
from jury.rubrics import load_rubric

#: The shipped rubrics whose words tell which one a set's labels belong to. Numbers tell nothing.
_TELLING = ("safebench", "refusal")

#: A set with more labels of its own than this has texts, not labels.
MOST = 100

#: A label that is one letter away from another one is a slip if it occurs once, or this many times less often.
_RARE = 20

#: Shorter words are too often one letter apart.
_SHORTEST_SLIP = 4

#: So many unknown labels are named, and so many characters of each.
_NAMED, _LONGEST = 10, 60

#: What else to do about a label that no rubric knows, where all but one may stand for the other side.
OPPOSITE = "name the positive label with --positive, so that every other one counts as its opposite"

#: The usual words of an abstention.
_UNDECIDED = LabelIndex.of(())


@dataclass(frozen=True)
class Vocabulary:
    """What labels may mean: the choices of `base`, if there is one, and labels of the set's `own`; `abstain` are further
    words of an abstention.
    """

    base: Rubric | None = None
    own: tuple[str, ...] = ()
    abstain: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of all labels there may be."""
        return (*(self.base.choices if self.base else ()), *self.own)

    @property
    def aliases(self) -> dict[str, str]:
        """Other ways to write a label of the base, and the label."""
        return dict(self.base.aliases) if self.base else {}

    @cached_property
    def index(self) -> LabelIndex:
        """Which label, or `abstain`, a written one means."""
        words = (*(self.base.abstain if self.base else ()), *self.abstain)
        aliases = {**dict.fromkeys(words, ABSTAIN), **self.aliases}
        return LabelIndex.of(self.labels, aliases, self.base.meanings.values() if self.base else ())

    def label_of(self, written: str) -> str | None:
        """The label that a written one means; None where it means none of them, or an abstention."""
        meaning = self.index.meaning_of(written)
        return None if meaning == ABSTAIN else meaning

    def unknown_in(self, counts: Mapping[str, int]) -> dict[str, int]:
        """The labels that mean nothing, with their counts."""
        return {label: count for label, count in counts.items() if count > 0 and self.index.meaning_of(label) is None}

    def labels_in(self, written: Iterable[str]) -> frozenset[str]:
        """The labels that some written ones mean."""
        return frozenset(label for one in written if (label := self.label_of(one)) is not None)


def vocabulary_of(
    counts: Mapping[str, int],
    *,
    base: Rubric | None = None,
    closed: bool = False,
    abstain: tuple[str, ...] = (),
) -> Vocabulary:
    """The vocabulary of labels with their counts. Of a `closed` one the base's choices are all there is.

    Otherwise every label that the base does not know is one of the set's own, unless it is a slip of the pen: one letter
    away from a label that is much more frequent.
    """
    found = Vocabulary(base, (), abstain)
    if closed and base is not None:
        return found
    seen: dict[str, int] = {}
    for written, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        label = found.index.meaning_of(written)
        if label is None and len(found.own) < MOST and not _is_slip(written, count, base, seen):
            found, label = Vocabulary(base, (*found.own, written), abstain), written
        if label is not None:
            seen[label] = seen.get(label, 0) + count
    return found


def family_of(counts: Mapping[str, int]) -> Rubric | None:
    """The shipped rubric whose words more than half of the labelled answers use, None where there is none.

    Labels without letters and abstentions tell nothing.
    """
    told = {label: max(count, 1) for label, count in counts.items() if _UNDECIDED.meaning_of(label) is None}
    words = [label for label in told if any(map(str.isalpha, label))]
    for rubric in map(_shipped, _TELLING):
        known = sum(told[label] for label in words if rubric.choice_of(label) is not None)
        if 2 * known > sum(told.values()):
            return rubric
    return None


def mean_the_same(one: str, other: str) -> bool:
    """Whether two labels are spellings of one, under a rubric whose words they are or by themselves."""
    if label_key(one) == label_key(other):
        return True
    words = vocabulary_of({one: 1, other: 1}, base=family_of({one: 1, other: 1}))
    label = words.label_of(one)
    return label is not None and label == words.label_of(other)


def check_known(where: str, counts: Mapping[str, int], words: Vocabulary, further: str = "") -> None:
    """Raise `InputError` that lists the gold labels that a vocabulary does not have, with counts and the nearest it has.

    `further` is one more way out.
    """
    unknown = words.unknown_in(counts)
    if not unknown:
        return
    several = f"{len(unknown):,} gold labels are unknown" if len(unknown) > 1 else "a gold label is unknown"
    ways = ["correct them", "leave them out with --ignore-labels", *([further] if further else [])]
    raise InputError(f"{where}: {several}: {_listed(unknown, words)}; {', or '.join(ways)}")


def check_juror(juror: str, counts: Mapping[str, int], words: Vocabulary) -> None:
    """Raise `InputError` where a vocabulary has not one label of a recorded juror: they are of another set."""
    if counts and len(words.unknown_in(counts)) == len(counts):
        told = _listed(counts, words)
        raise InputError(f"juror {juror!r} has no label that is known: {told}; correct its ballots, or leave it out")


def _listed(unknown: Mapping[str, int], words: Vocabulary) -> str:
    """The most frequent labels with their counts and the nearest label that is known, and those there are."""
    in_order = sorted(unknown.items(), key=lambda item: (-item[1], item[0]))
    known = {label_key(label): label for label in (*words.aliases, *words.labels)}
    told = ", ".join(_told(label, count, known) for label, count in in_order[:_NAMED])
    more = f" and {len(in_order) - _NAMED:,} more" if len(in_order) > _NAMED else ""
    return f"{told}{more}; known are {', '.join(words.labels)}"


def _told(label: str, count: int, known: Mapping[str, str]) -> str:
    shown = repr(label if len(label) <= _LONGEST else f"{label[:_LONGEST]}…")
    near = difflib.get_close_matches(label_key(label)[:_LONGEST], known, n=1, cutoff=0.5)
    nearest = f"nearest {known[near[0]]!r}" if near else "none is near"
    return f"{shown} ({count:,} {'times' if count != 1 else 'time'}, {nearest})"


def _is_slip(written: str, count: int, base: Rubric | None, seen: Mapping[str, int]) -> bool:
    """Whether a label is one letter away from a rubric's choice, or from a much more frequent label."""
    key = label_key(written)
    frequent = [label for label, times in seen.items() if count == 1 or count * _RARE <= times]
    return any(_one_letter_apart(key, label_key(label)) for label in (*(base.choices if base else ()), *frequent))


def _one_letter_apart(one: str, other: str) -> bool:
    """Whether one letter is missing, too many, another, or two have changed places: the longer word has at least four."""
    if one == other or max(len(one), len(other)) < _SHORTEST_SLIP or abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    first, second = one[start:], other[start:]
    changed = (first[:1], second[:1])
    if not all(letter == "" or letter.isalpha() for letter in changed):
        return False
    return (
        first[1:] == second[1:]
        or first[1:] == second
        or first == second[1:]
        or (first[:2] == second[1::-1] and first[2:] == second[2:])
    )


@lru_cache(maxsize=len(_TELLING))
def _shipped(name: str) -> Rubric:
    return load_rubric(name, open_library())
