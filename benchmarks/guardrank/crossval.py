"""An evaluator judged out of fold: whatever it is judged on, it learned from other groups, thresholds included."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.guardrank.labelled import Labelled, Votes
from benchmarks.guardrank.plain import plain_labels, texts_of
from benchmarks.guardrank.scoring import Figures, figures_of, of_probabilities
from jury.guardrank.backends import BACKENDS, Backend
from jury.guardrank.backends.registry import Scores
from jury.guardrank.panelled import fit_panelled, votes_of
from jury.guardrank.tasks import Task
from jury.guardrank.training import Lesson, Training, learn
from jury.stats.classification import compare_figures

#: Hears what is being worked out.
Hearing = Callable[[str], None]


@dataclass(frozen=True)
class Judged:
    """The labels and probabilities of all answers, out of fold."""

    said: tuple[str, ...]
    probabilities: Scores


@dataclass(frozen=True)
class CrossValidation:
    """What is cross-validated, and how. With `votes` of `jurors`, scores and ballots are also combined."""

    labelled: Labelled
    task: Task
    training: Training
    folds: int
    jurors: tuple[str, ...] = ()
    votes: Votes | None = None

    def document(
        self,
        seeds: int = 1,
        *,
        against_plain: bool = False,
        hear: Hearing = lambda _: None,
        keep: Callable[[Judged], None] = lambda _: None,
    ) -> dict[str, Any]:
        """Figures of the first seed, flat, with those of recorded jurors, and the spread over all seeds as plain values.

        `keep` is handed what the evaluator alone said with the first seed.
        """
        backend = BACKENDS.get(self.training.backend)
        encoded = backend.encode(self.labelled.lesson.readings)
        by_seed, first = [], None
        for seed in range(self.training.seed, self.training.seed + seeds):
            judged = self.judged(backend, encoded, seed, hear)
            rivals = self._plainly(seed, hear) if against_plain else {}
            by_seed.append(self._of_seed(seed, judged, rivals))
            first = first or (judged, rivals)
        judged, rivals = first or ({}, {})
        keep(judged["text"])
        lesson = self.labelled.lesson
        return {
            "source": self.labelled.name,
            "items": len(lesson),
            "groups": len(set(lesson.groups)),
            "folds": self.folds,
            "labels": {label: lesson.labels.count(label) for label in self.task.labels},
            "kind": self.task.kind,
            "positive": self.task.positive,
            "backend": self.training.backend,
            "left_out": list(self.labelled.left_out),
            **self.labelled.about(self.task),
            **self._figures(judged["text"]),
            "by_target": self._by_target(judged["text"]),
            "jurors": self._jurors(),
            "with_ballots": self._figures(judged["with_ballots"]) if "with_ballots" in judged else None,
            "plain": {name: self._beside(judged[name], rivals[name]) for name in rivals} or None,
            "seeds": by_seed,
            "over_seeds": _over(by_seed),
        }

    def judged(self, backend: Backend, encoded: Any, seed: int, hear: Hearing = lambda _: None) -> dict[str, Judged]:
        """All answers judged out of fold: `text` by the evaluator, and `with_ballots` where there are votes."""
        lesson, task = self.labelled.lesson, self.task
        columns = {name: np.zeros((len(lesson), len(task.labels))) for name in self._ways}
        said: dict[str, NDArray[Any]] = {name: np.empty(len(lesson), dtype=object) for name in self._ways}
        votes = self._voted()
        for number, held_out in enumerate(lesson.folds(self.folds, seed), start=1):
            hear(f"seed {seed}, fold {number} of {self.folds}")
            rest = np.setdiff1d(np.arange(len(lesson)), held_out)
            part = lesson.part(rest)
            training = Training(**{**vars(self.training), "seed": seed})
            learned = learn(backend, encoded[rest], part, task, training)
            scores = learned.model.fitted.scores(encoded[held_out])
            read = {"text": (learned.model.scale, scores)}
            if votes is not None:
                both = fit_panelled(learned.out_of_fold, votes[rest], task.answers(part.labels))
                scale = training.scale(both.scores(learned.out_of_fold, votes[rest]), part, task)
                read["with_ballots"] = (scale, both.scores(scores, votes[held_out]))
            for name, (scale, found) in read.items():
                columns[name][held_out] = scale.probabilities(found)
                said[name][held_out] = [prediction.label for prediction in scale.predictions(found)]
        return {name: Judged(tuple(said[name]), columns[name]) for name in self._ways}

    def _plainly(self, seed: int, hear: Hearing) -> dict[str, Judged]:
        """The same by plain tf-idf and logistic regression, in the same folds."""
        lesson, task = self.labelled.lesson, self.task
        found = {}
        for name, votes in zip(self._ways, (None, self._voted()), strict=False):
            texts = texts_of(lesson.readings, votes)
            said: NDArray[Any] = np.empty(len(lesson), dtype=object)
            probabilities = np.zeros((len(lesson), len(task.labels)))
            for number, held_out in enumerate(lesson.folds(self.folds, seed), start=1):
                hear(f"seed {seed}, plain, fold {number} of {self.folds}")
                said[held_out], probabilities[held_out] = plain_labels(texts, lesson, task, held_out, seed)
            found[name] = Judged(tuple(said), probabilities)
        return found

    @property
    def _ways(self) -> tuple[str, ...]:
        return ("text",) if self.votes is None else ("text", "with_ballots")

    def _voted(self) -> NDArray[np.float64] | None:
        votes = self.votes
        if votes is None:
            return None
        return votes_of(self.task, self.jurors, [votes.get(item, {}) for item in self.labelled.lesson.ids])

    def _figures(self, judged: Judged) -> Figures:
        lesson = self.labelled.lesson
        return {
            **figures_of(self.task, lesson.labels, judged.said, lesson.groups),
            **of_probabilities(self.task, lesson.labels, judged.said, judged.probabilities),
        }

    def _of_seed(self, seed: int, judged: dict[str, Judged], rivals: dict[str, Judged]) -> Figures:
        found: Figures = {"seed": seed}
        for prefix, ways in (("", judged), ("plain_", rivals)):
            for name, one in ways.items():
                figures = self._figures(one)
                suffix = "" if name == "text" else "_with_ballots"
                found |= {
                    f"{prefix}{key}{suffix}": figures[key] for key in ("f1", "average_precision", "accuracy", "kappa")
                }
        return found

    def _beside(self, judged: Judged, rival: Judged) -> Figures:
        """The plain baseline's figures, and what the evaluator has over them with the paired interval."""
        lesson = self.labelled.lesson
        gains = compare_figures(lesson.labels, rival.said, judged.said, self.task.positive, lesson.groups)
        return {
            **self._figures(rival),
            "gain": {
                name: {"difference": gain.difference, "ci": list(gain.interval) if gain.interval else None}
                for name, gain in gains.items()
            },
        }

    def _jurors(self) -> dict[str, Figures]:
        lesson, votes = self.labelled.lesson, self.votes or {}
        return {
            juror: figures_of(
                self.task, lesson.labels, [votes.get(item, {}).get(juror) for item in lesson.ids], lesson.groups
            )
            for juror in self.jurors
        }

    def _by_target(self, judged: Judged) -> dict[str, Figures]:
        return by_name(self.labelled.targets, self.task, self.labelled.lesson, judged.said)


def by_name(names: Sequence[str], task: Task, lesson: Lesson, said: Sequence[str]) -> dict[str, Figures]:
    """The figures of the answers under each name, by name; none where only one name occurs."""
    if len(set(names)) < 2:
        return {}
    found = {}
    for name in sorted(set(names)):
        rows = [row for row, one in enumerate(names) if one == name]
        part = lesson.part(rows)
        found[name or "unnamed"] = figures_of(task, part.labels, [said[row] for row in rows], part.groups)
    return found


def _over(by_seed: Sequence[Figures]) -> Figures:
    """Mean and standard deviation of every figure over the seeds, and how many seeds the evaluator was ahead in."""
    names = [name for name in by_seed[0] if name != "seed"]
    found: Figures = {}
    for name in names:
        values = [one[name] for one in by_seed if one[name] is not None]
        found[name] = {"mean": float(np.mean(values)), "sd": float(np.std(values))} if values else None
        rival = f"plain_{name}"
        if rival in names:
            ahead = sum((one[name] or 0.0) > (one[rival] or 0.0) for one in by_seed)
            found[f"{name}_ahead"] = f"{ahead} of {len(by_seed)}"
    return found
