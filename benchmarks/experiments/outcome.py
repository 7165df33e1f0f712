"""What an experiment found, in its folder: all numbers, a table, a plot, and one sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from benchmarks.experiment_file import portable
from benchmarks.experiments.arms import Design
from benchmarks.experiments.contrasts import Contrast
from benchmarks.experiments.folders import DOCUMENT, PLOT, TABLE
from benchmarks.experiments.grading import Grades
from benchmarks.experiments.plot import plot
from benchmarks.experiments.samples import Compared, Sample
from benchmarks.experiments.sentences import headline, sentence
from benchmarks.experiments.settings import ExperimentSettings
from benchmarks.experiments.tables import markdown
from jury.atomic import write_atomically
from jury.errors import InputError

#: What stands before a sentence that scripted models had a part in.
REHEARSED = "REHEARSAL: "


@dataclass(frozen=True)
class Outcome:
    """An experiment's folder, and its numbers as `experiment.json` holds them."""

    folder: Path
    document: dict[str, Any]

    @property
    def sentence(self) -> str:
        """Whether the effect is larger than chance."""
        return str(self.document["sentence"])


def check_folder(folder: Path, name: str) -> None:
    """Raise `InputError` if another experiment is kept in a folder."""
    path = folder / DOCUMENT
    if not path.is_file():
        return
    try:
        kept = orjson.loads(path.read_bytes()).get("experiment")
    except (orjson.JSONDecodeError, AttributeError):
        raise InputError(f"{path} is no experiment's; choose another --out, or remove the file") from None
    if kept != name:
        raise InputError(f"{folder} holds another experiment, {kept!r}; choose another --out")


def concluded(
    name: str,
    settings: ExperimentSettings,
    design: Design,
    samples: Sequence[Sample],
    contrasts: Sequence[Contrast],
    grades: Sequence[Grades],
    figures: Sequence[Compared],
) -> Outcome:
    """The outcome of finished arms, written to the experiment's folder; `figures` are the headlines, the one told of first."""
    said = {sample.name: sample.said for sample in samples}
    rehearsal = any(sample.rehearsal for sample in samples) or any(one.rehearsal for one in grades)
    label = REHEARSED if rehearsal else ""
    first = figures[0]
    document: dict[str, Any] = {
        "experiment": name,
        "rehearsal": rehearsal,
        "sentence": label + headline(contrasts, said, first),
        "headlines": [one.document() for one in figures],
        "baseline": samples[0].name if samples else None,
        "arms": [sample.document() for sample in samples],
        "comparisons": [contrast.document() for contrast in contrasts],
        "sentences": [label + sentence(one, said, first) for one in contrasts if one.measure == first.measure],
        "grades": [one.document() for one in grades],
        "notes": list(design.notes),
        "settings": {**portable(design.arms[0].settings.but(out=settings.out)), **settings.own},
    }
    write_atomically(settings.out / DOCUMENT, [orjson.dumps(document, option=orjson.OPT_INDENT_2)])
    write_atomically(settings.out / TABLE, [markdown(document).encode()])
    write_atomically(settings.out / PLOT, [plot(document, design.axes).encode()])
    return Outcome(settings.out, document)
