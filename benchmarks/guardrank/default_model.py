"""The default model is trained here: `python -m benchmarks.guardrank.default_model FOLDER` writes it anew."""

import csv
import sys
import tempfile
from dataclasses import asdict, fields
from pathlib import Path

from benchmarks.guardrank.examples import LICENCE, Example, examples
from benchmarks.guardrank.labelled import Labelled, read_labelled
from benchmarks.guardrank.working import trained
from jury.guardrank import Training, task_of
from jury.guardrank.shelf import DEFAULT, folder_of

NAME = "examples"


def labelled_examples() -> Labelled:
    """The examples as any other labelled answers are read."""
    with tempfile.TemporaryDirectory() as passing:
        path = Path(passing) / f"{NAME}.csv"
        write_examples(path)
        return read_labelled([str(path)], name=NAME)


def write_examples(path: Path) -> None:
    """The examples as a CSV that `jury guardrank train` takes."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [field.name for field in fields(Example)])
        table.writeheader()
        table.writerows(asdict(example) for example in examples())


def train_default(folder: Path) -> str:
    """Train the default model into a folder; gives its hash."""
    labelled = labelled_examples()
    task = task_of(labelled.lesson.labels, None, "unsafe")
    return str(trained(labelled, task, Training(), folder, LICENCE)["hash"])


if __name__ == "__main__":
    sys.stdout.write(train_default(Path(sys.argv[1]) if sys.argv[1:] else folder_of(DEFAULT)) + "\n")
