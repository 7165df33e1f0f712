"""People's labels on a run as the choices that they mean under its rubric."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from benchmarks.gold.vocabulary import Vocabulary, vocabulary_of
from benchmarks.labels.label import Label
from jury.labels import ABSTAIN
from jury.records import Rubric


@dataclass(frozen=True)
class ReadLabels:
    """The labels that mean a choice, named by it; the others are counted as they are written."""

    labels: tuple[Label, ...]
    unknown: Mapping[str, int]
    abstained: Mapping[str, int]
    words: Vocabulary


def read_labels(given: Iterable[Label], rubric: Rubric | None) -> ReadLabels:
    """What labels mean under a rubric; without one, as before any jury has sat, every label has its own meaning."""
    labels = list(given)
    counts = Counter(label.choice for label in labels)
    words = vocabulary_of(counts) if rubric is None else Vocabulary(rubric)
    meant = [(label, words.index.meaning_of(label.choice)) for label in labels]
    return ReadLabels(
        labels=tuple(label.but(choice=meaning) for label, meaning in meant if meaning not in {None, ABSTAIN}),
        unknown=words.unknown_in(counts),
        abstained=dict(Counter(label.choice for label, meaning in meant if meaning == ABSTAIN)),
        words=words,
    )
