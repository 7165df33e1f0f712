"""An evaluator's out-of-fold judgements as a juror's recorded ballots, beside those of others."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from benchmarks.guardrank.crossval import CrossValidation, Judged
from benchmarks.sources.folder import BALLOTS, GOLD
from jury.atomic import write_atomically

#: What the evaluator is called among the jurors.
NAME = "guardrank"


def write_ballots(folder: Path, validation: CrossValidation, judged: Judged) -> None:
    """A folder that `jury lab` replays: `ballots.csv` with confidences, and `gold.csv` with the groups as `case_id`."""
    lesson, votes = validation.labelled.lesson, validation.votes or {}
    places = [validation.task.labels.index(label) for label in judged.said]
    own = [
        (item, NAME, label, f"{row[place]:.6f}")
        for item, label, row, place in zip(lesson.ids, judged.said, judged.probabilities, places, strict=True)
    ]
    others = [(item, juror, label, "") for item in lesson.ids for juror, label in votes.get(item, {}).items()]
    gold = list(zip(lesson.ids, lesson.labels, lesson.groups, strict=True))
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / BALLOTS, ("item_id", "juror", "label", "confidence"), [*own, *others])
    _write(folder / GOLD, ("item_id", "label", "case_id"), gold)


def _write(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = io.StringIO(newline="")
    csv.writer(table).writerows([header, *rows])
    write_atomically(path, [table.getvalue().encode()])
