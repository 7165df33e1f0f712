"""What training, loading and predicting with GuardRank cost, on the default model's examples over and over."""

import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.guardrank.default_model import labelled_examples
from jury.guardrank import Lesson, Training, load_model, save_model, task_of, train
from jury.guardrank.shelf import DEFAULT, folder_of


def measure(answers: int) -> dict[str, object]:
    """Seconds of training on so many answers, of loading, answers predicted per second of CPU, and the model's size."""
    lesson = _repeated(labelled_examples().lesson, answers)
    started = time.perf_counter()
    model = train(lesson, task_of(lesson.labels, None, None), Training()).model
    training = time.perf_counter() - started
    with tempfile.TemporaryDirectory() as passing:
        save_model(model, Path(passing))
        size = sum(path.stat().st_size for path in Path(passing).iterdir())
        started = time.perf_counter()
        loaded = load_model(Path(passing))
        loading = time.perf_counter() - started
    loaded.predict(lesson.readings[:100])
    cpu = time.process_time()
    loaded.predict(lesson.readings)
    predicting = time.process_time() - cpu
    letters = sum(len(reading.response) for reading in lesson.readings) / len(lesson)
    shipped = sum(path.stat().st_size for path in folder_of(DEFAULT).iterdir())
    return {
        "answers": len(lesson),
        "characters_per_answer": round(letters),
        "training_seconds": round(training, 1),
        "loading_seconds": round(loading, 3),
        "predictions_per_cpu_second": round(len(lesson) / predicting),
        "model_kb": round(size / 1000),
        "default_model_kb": round(shipped / 1000),
    }


def _repeated(lesson: Lesson, count: int) -> Lesson:
    """So many answers: the lesson's own, each answered three times over so that they have the length of real ones, anew
    with other ids as often as it takes.
    """
    rows = [row % len(lesson) for row in range(count)]
    longer = [
        replace(reading, response=" ".join([reading.response] * 3), pictures="")
        for reading in map(lesson.readings.__getitem__, rows)
    ]
    return Lesson(
        tuple(f"{lesson.ids[row]}-{number}" for number, row in enumerate(rows)),
        tuple(longer),
        tuple(lesson.labels[row] for row in rows),
        tuple(lesson.groups[row] for row in rows),
    )
