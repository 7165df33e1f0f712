"""What the commands do: train, evaluate, predict, suggest; each gives plain values."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from benchmarks.guardrank.crossval import by_name
from benchmarks.guardrank.labelled import Labelled, read_answers
from benchmarks.guardrank.scoring import figures_of, of_probabilities
from jury.errors import InputError
from jury.guardrank import Model, Training, recorded_reading, save_model, train
from jury.guardrank.backends.registry import Scores
from jury.guardrank.explaining import explain, in_a_sentence
from jury.guardrank.shelf import hash_of, opened
from jury.guardrank.suggesting import suggest
from jury.guardrank.tasks import Task
from jury.records import Case

Document = dict[str, Any]

#: Answers that are predicted at once: memory doesn't grow with the data.
BATCH = 1000


def trained(labelled: Labelled, task: Task, training: Training, out: Path, licence: str) -> Document:
    """Train on all labelled answers and save the model with what it was trained on."""
    learned = train(labelled.lesson, task, training)
    lesson, model = labelled.lesson, learned.model
    predictions = model.scale.predictions(learned.out_of_fold)
    said = [prediction.label for prediction in predictions]
    probabilities = model.scale.probabilities(learned.out_of_fold)
    about: Document = {
        "data": labelled.name,
        "data_sha256": _digest(labelled),
        "licence": licence,
        "answers": len(lesson),
        "groups": len(set(lesson.groups)),
        "labels": {label: lesson.labels.count(label) for label in task.labels},
        "languages": _counts([reading.language for reading in lesson.readings]),
        "targets": _counts(labelled.targets),
        "training": asdict(training),
        "out_of_fold": _figures(labelled, task, said, probabilities),
    }
    digest = save_model(replace(model, about=about), out)
    scale = model.scale
    return {
        "model": str(out),
        "hash": digest,
        "kind": task.kind,
        "positive": task.positive,
        "threshold": scale.threshold,
        "sure_from": scale.sure_from,
        "left_out": list(labelled.left_out),
        **labelled.about(task),
        **about,
    }


def evaluated(name: str, labelled: Labelled) -> Document:
    """A trained model on answers it never saw: figures with intervals, by language and by target.

    Raises `InputError` where people gave labels that the model doesn't know.
    """
    model, lesson = opened(name), labelled.lesson
    strays = sorted(set(lesson.labels) - set(model.task.labels))
    if strays:
        raise InputError(
            f"{labelled.name} has the label {strays[0]!r}, and model {name} knows {', '.join(model.task.labels)} only"
        )
    predictions = model.predict(lesson.readings)
    said = [prediction.label for prediction in predictions]
    probabilities = np.array(
        [[prediction.probabilities[label] for label in model.task.labels] for prediction in predictions]
    )
    return {
        "model": name,
        "hash": hash_of(name),
        "source": labelled.name,
        "items": len(lesson),
        "positive": model.task.positive,
        "labels": {label: lesson.labels.count(label) for label in model.task.labels},
        "seen_in_training": model.about.get("data_sha256") == _digest(labelled),
        "unsure": sum(prediction.unsure for prediction in predictions),
        "left_out": list(labelled.left_out),
        **labelled.about(model.task),
        **_figures(labelled, model.task, said, probabilities),
    }


def labels_of(name: str) -> tuple[str, ...]:
    """The labels that a model knows."""
    return opened(name).task.labels


def predicted(name: str, sources: Sequence[str], *, explained: bool) -> Iterator[Document]:
    """What a model says of every answer, in the sources' order. An answer that is not there is invalid, with its cause."""
    model, cases = opened(name), read_answers(sources)
    for start in range(0, len(cases), BATCH):
        batch = cases[start : start + BATCH]
        readings = [recorded_reading(case) for case in batch]
        predictions = iter(model.predict([reading for reading in readings if reading is not None]))
        for case, reading in zip(batch, readings, strict=True):
            if reading is None:
                yield {"id": case.id, "state": "invalid", "cause": _cause(case)}
                continue
            prediction = next(predictions)
            said: Document = {"id": case.id, "state": "given", **asdict(prediction)}
            if explained:
                told = explain(model, reading, prediction.label)
                said["explanation"] = asdict(told) if told else None
                said["reasoning"] = in_a_sentence(told, prediction.label) if told else ""
            yield said


def suggested(name: str, sources: Sequence[str], count: int) -> list[Document]:
    """The answers without a label whose label would help most, the most helpful first."""
    model = opened(name)
    open_cases = [case for case in read_answers(sources) if case.final_label is None]
    read = [(case, reading) for case in open_cases if (reading := recorded_reading(case)) is not None]
    if not read:
        raise InputError(f"{', '.join(sources)}: every answer has a label already; name answers without one")
    found = suggest(model, [reading for _, reading in read], count)
    return [
        {
            "id": read[one.row][0].id,
            "label": "",
            "said": one.prediction.label,
            "confidence": one.prediction.confidence,
            "doubt": one.doubt,
            "prompt": read[one.row][1].prompt,
            "response": read[one.row][1].response,
        }
        for one in found
    ]


def about(name: str) -> tuple[Model, str]:
    """A model and its hash."""
    return opened(name), hash_of(name)


def _figures(labelled: Labelled, task: Task, said: Sequence[str], probabilities: Scores) -> Document:
    """Labels and probabilities against people's labels: over all answers, by language, and by target."""
    lesson = labelled.lesson
    return {
        **figures_of(task, lesson.labels, said, lesson.groups),
        **of_probabilities(task, lesson.labels, said, probabilities),
        "by_language": by_name([reading.language for reading in lesson.readings], task, lesson, said),
        "by_target": by_name(labelled.targets, task, lesson, said),
    }


def _cause(case: Case) -> Document:
    causes = [answer.cause for answer in case.answers if answer.cause]
    return causes[0].model_dump(mode="json") if causes else {"kind": "missing", "detail": "no answer is recorded"}


def _digest(labelled: Labelled) -> str:
    """A hash of the answers and labels that were learned from, in whatever order."""
    lesson = labelled.lesson
    rows = zip(lesson.ids, lesson.labels, (asdict(reading) for reading in lesson.readings), strict=True)
    lines = sorted(orjson.dumps(row) for row in rows)
    return hashlib.sha256(b"\n".join(lines)).hexdigest()


def _counts(values: Sequence[str]) -> dict[str, int]:
    return {value or "unnamed": values.count(value) for value in sorted(set(values))}
