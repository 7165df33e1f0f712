"""Labelled answers to learn from, with what is known beside them: their target, their group, and what jurors said."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.lab.recording import read_recording
from benchmarks.sources import Loaded, load
from benchmarks.sources.table import read_table
from jury.errors import InputError
from jury.guardrank import Lesson, Reading, recorded_reading
from jury.media import MediaStore
from jury.records import Case
from jury.rules import first_choice

#: Jurors' labels by item: an abstention and what can't be read are missing.
Votes = Mapping[str, Mapping[str, str]]

#: Groups by facts of a case; any other column is looked up in its metadata.
_FACTS = {
    "target": lambda case: case.target,
    "group": lambda case: case.group,
    "language": lambda case: case.language,
    "scenario": lambda case: case.scenario,
    "item_id": lambda case: case.id,
}


@dataclass(frozen=True)
class Labelled:
    """A lesson, and by row the target that gave the answer. `left_out` are sentences on answers that can't be learned from."""

    name: str
    lesson: Lesson
    targets: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def read_labelled(
    sources: Sequence[str], *, group: str | None = None, labels: Path | None = None, name: str | None = None
) -> Labelled:
    """The labelled answers of some sources. Raises `InputError` where there are none, or a case has no such group.

    `labels` is a CSV of further labels (`id,label`), which take the place of those the sources give. Without `group`,
    cases that share an image or a request belong together. `name` is what the data are called; default: their sources'.
    """
    further = _further(labels)
    rows: list[tuple[Case, Reading, str]] = []
    missing = invalid = 0
    for loaded in map(_loaded, sources):
        for case in loaded.cases:
            label = further.pop(case.id, None) or case.final_label
            reading = recorded_reading(case)
            if label is None:
                missing += 1
            elif reading is None:
                invalid += 1
            else:
                rows.append((case, reading, label))
    if further and labels is not None:
        raise InputError(f"{labels} labels {next(iter(further))!r}, which is in none of {', '.join(sources)}")
    if not rows:
        raise InputError(f"{', '.join(sources)}: no answer has a label; add gold.csv, or labels with --labels FILE.csv")
    seen: set[str] = set()
    for case, *_ in rows:
        if case.id in seen:
            raise InputError(f"two answers have the id {case.id!r}; give every answer an id of its own")
        seen.add(case.id)
    lesson = Lesson(
        ids=tuple(case.id for case, *_ in rows),
        readings=tuple(reading for _, reading, _ in rows),
        labels=tuple(label for *_, label in rows),
        groups=tuple(_group(case, reading, group) for case, reading, _ in rows),
    )
    return Labelled(
        name or _name(sources), lesson, tuple(case.target for case, *_ in rows), tuple(_left_out(missing, invalid))
    )


def read_answers(sources: Sequence[str]) -> tuple[Case, ...]:
    """All cases of some sources, labelled or not."""
    return tuple(case for loaded in map(_loaded, sources) for case in loaded.cases)


def read_votes(folders: Sequence[str], positive: str) -> tuple[tuple[str, ...], Votes]:
    """The jurors of folders with `ballots.csv`, and their labels by item. Raises `InputError` for a folder without."""
    jurors: dict[str, None] = {}
    votes: dict[str, dict[str, str]] = {}
    for folder in folders:
        recording = read_recording(Path(folder), positive=positive)
        jurors |= dict.fromkeys(recording.jurors)
        for sheet in recording.sheets:
            said = {ballot.juror: first_choice(ballot) for ballot in sheet.ballots}
            votes[sheet.item] = {juror: choice for juror, choice in said.items() if choice is not None}
    return tuple(jurors), votes


def _loaded(source: str) -> Loaded:
    with tempfile.TemporaryDirectory() as passing:  # pictures are not read, but what lies beside a case is checked
        return load(source, media=MediaStore(Path(passing)))


def _further(labels: Path | None) -> dict[str, str]:
    if labels is None:
        return {}
    rows = read_table(labels, (("id", "item_id"), ("label",)))
    filled = [row for row in rows if row.words("label")]
    return {str(row.values.get("item_id") or row.values.get("id")): row.words("label").strip() for row in filled}


def _group(case: Case, reading: Reading, column: str | None) -> str:
    if column is None:
        return case.group or f"{reading.prompt}\n{reading.pictures}"  # several targets' answers to one request
    fact = _FACTS.get(column)
    found = fact(case) if fact else case.metadata.get(column)
    if not isinstance(found, str) or not found:
        raise InputError(
            f"case {case.id!r} has no {column!r} to group by; --group takes {', '.join(_FACTS)} or a column of the data"
        )
    return found


def _name(sources: Sequence[str]) -> str:
    return ", ".join(Path(source).resolve().name if Path(source).exists() else source for source in sources)


def _left_out(missing: int, invalid: int) -> list[str]:
    told = ((missing, "without a label"), (invalid, "without an answer, or with an invalid one"))
    return [f"left out: {number} {what}" for number, what in told if number]
