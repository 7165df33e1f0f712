"""What pushed a score: the phrases and signals that spoke for and against, in words taken from the answer."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jury.guardrank.backends.linear import Linear
from jury.guardrank.encoding import encode
from jury.guardrank.grams import columns_of
from jury.guardrank.model import Model
from jury.guardrank.passages import PASSAGES, STARTS, Spelled
from jury.guardrank.reading import Reading
from jury.guardrank.signals import signal_names

#: Words that say nothing by themselves.
_FILLERS = frozenset((
    "a", "an", "and", "are", "as", "at", "be", "been", "by", "for", "from", "has", "have", "i", "in", "is", "it", "its",
    "me", "my", "of", "on", "or", "so", "that", "the", "their", "them", "there", "these", "they", "this", "those", "to",
    "was", "we", "were", "what", "which", "with", "you", "your",
))  # fmt: skip

#: Phrases and signals named for each side, so many of each.
NAMED = 3


@dataclass(frozen=True)
class Push:
    """A phrase of a passage, or a signal, and what it adds to the log-odds of yes."""

    where: str
    what: str
    weight: float


@dataclass(frozen=True)
class Explanation:
    """The strongest phrases, then the strongest signals, that pushed towards a label and away from it."""

    question: str
    towards: tuple[Push, ...]
    away: tuple[Push, ...]


def explain(model: Model, reading: Reading, label: str, named: int = NAMED) -> Explanation | None:
    """What pushed towards a label; None where the back-end can't tell.

    Of an ordinal task the question is whether the answer is worse than the grade before.
    """
    if not isinstance(model.fitted, Linear):
        return None
    question, sign = _question(model, label)
    grams, signals = model.fitted.told_by(encode([reading]), question)
    weights = dict(zip(grams.indices.tolist(), (sign * grams.data).tolist(), strict=True))
    kinds = (_phrases(Spelled(reading), weights), _signals((sign * signals[0]).tolist()))
    towards, away = (tuple(push for pushes in kinds for push in _strongest(pushes, side, named)) for side in (1, -1))
    return Explanation(model.task.questions[question], towards, away)


def in_a_sentence(explanation: Explanation | None, label: str) -> str:
    """The explanation, as far as there is one, as a juror's reasoning."""
    said = f"Judged {label} by a trained evaluator."
    if explanation and explanation.towards:
        said += f" For it: {_listed(explanation.towards)}."
    if explanation and explanation.away:
        said += f" Against it: {_listed(explanation.away)}."
    return said


def _strongest(pushes: Sequence[Push], side: int, named: int) -> list[Push]:
    """The strongest on one side, each phrase once: not also with its neighbours, nor in another passage."""
    ranked = sorted(
        (push for push in pushes if push.weight * side > 0), key=lambda push: (-abs(push.weight), push.where, push.what)
    )
    found: list[Push] = []
    for push in ranked:
        if len(found) < named and not any(_alike(push, one) for one in found):
            found.append(push)
    return found


def _alike(push: Push, other: Push) -> bool:
    """Whether two say the same: a phrase within another, or one signal in two ways."""
    if push.where == "signal":
        return push.what.split(",")[0] == other.what.split(",")[0]
    return push.what in other.what or other.what in push.what


def _listed(pushes: Sequence[Push]) -> str:
    return "; ".join(push.what if push.where == "signal" else f"“{push.what}” in the {push.where}" for push in pushes)


def _question(model: Model, label: str) -> tuple[int, int]:
    """Which question tells of a label, and the sign in which it does."""
    task = model.task
    if task.kind == "binary":
        return 0, 1 if label == task.positive else -1
    place = task.labels.index(label)
    if task.kind == "nominal":
        return place, 1
    return (place - 1, 1) if place else (0, -1)


def _phrases(spelled: Spelled, weights: dict[int, float]) -> list[Push]:
    """The word n-grams that are in the reading, each once, with what their column adds."""
    words = {"answer": spelled.words, "opening": spelled.words, "prompt": spelled.scene}
    found: dict[tuple[str, str], float] = {}
    for passage, start in zip(PASSAGES, STARTS, strict=False):
        for size, grams in enumerate(passage.grams(spelled) if passage.name in words else (), start=1):
            for place, column in enumerate((columns_of(grams, passage.bits) + start).tolist()):
                part = words[passage.name][place : place + size]
                if weights.get(column) and _says_something(part):
                    phrase = _written(part)
                    found.setdefault((passage.name, phrase), weights[column])
    return [Push(where, what, weight) for (where, what), weight in found.items()]


def _says_something(words: Sequence[str]) -> bool:
    """Whether anybody would take a phrase for a reason: it has a word that is no mere filler. One Han character is none."""
    return any(len(word) > 1 and word not in _FILLERS for word in words) or (
        len(words) > 1 and not any(word.isascii() for word in words)
    )


def _written(words: Sequence[str]) -> str:
    return ("" if all(len(word) == 1 and not word.isascii() for word in words) else " ").join(words)


def _signals(weights: Sequence[float]) -> list[Push]:
    names = signal_names()
    return [Push("signal", names[int(place)], weights[int(place)]) for place in np.flatnonzero(weights)]
