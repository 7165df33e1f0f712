"""Labelled answers to learn from, with what is known beside them: their target, their group, and what jurors said."""

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.gold.section import gold_section, sentences_of
from benchmarks.gold.vocabulary import Vocabulary, check_known, family_of, vocabulary_of
from benchmarks.lab.recording import read_recording
from benchmarks.sources import Loaded, load
from benchmarks.sources.bad_rows import good_of
from benchmarks.sources.table import read_table
from jury.errors import InputError
from jury.guardrank import Lesson, Reading, recorded_reading
from jury.guardrank.tasks import Task
from jury.media import MediaStore
from jury.records import Case, Rubric
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


#: What to do about a label that no rubric knows, where an evaluator may have as many labels as it likes.
_NOMINAL = "take each as a label of its own with --kind nominal, or name the positive one with --positive"


@dataclass(frozen=True)
class Labelled:
    """A lesson, and by row the target that gave the answer. `left_out` are sentences on answers that can't be learned from.

    `words` are the labels there may be; `given` are those of all answers by id, as they are written.
    """

    name: str
    lesson: Lesson
    targets: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    words: Vocabulary = field(default_factory=Vocabulary)
    given: Mapping[str, str] = field(default_factory=dict)

    def known(self, label: str | None) -> str | None:
        """A label as the lesson names it, however it is written; itself where it means none."""
        return label if label is None else self.words.label_of(label) or label

    def about(self, task: Task) -> dict[str, Any]:
        """What labels were taken for under a task, as a run's results say it, and what a reader must know of them."""
        rubric = Rubric(name=self.name, choices=task.labels, positive=task.positive)
        meanings = {label: meaning for label in self.given.values() if (meaning := self.words.index.meaning_of(label))}
        section = gold_section(self.given, meanings, rubric)
        return {"gold": section, "notes": list(sentences_of(section, rubric))}


@dataclass(frozen=True)
class LabelOptions:
    """How labels are read: the `known` ones, or without those a rubric's, and with a positive one or `own` the data's, too.

    Unknown ones are an error unless they are to `ignore`; `abstain` are further words of an abstention.
    """

    known: tuple[str, ...] = ()
    positive: str | None = None
    own: bool = False
    ignore: bool = False
    abstain: tuple[str, ...] = ()

    def words(self, where: str, counts: Mapping[str, int]) -> Vocabulary:
        """The labels there may be. Raises `InputError` that lists unknown ones."""
        if self.known:
            family = family_of(dict.fromkeys(self.known, 1))
            same = family is not None and set(family.choices) == set(self.known)
            words = Vocabulary(family, (), self.abstain) if same else Vocabulary(None, self.known, self.abstain)
        else:
            closed = self.positive is None and not self.own
            words = vocabulary_of(counts, base=family_of(counts), closed=closed, abstain=self.abstain)
        if not self.ignore:
            check_known(where, counts, words, "" if self.known or self.own or self.positive else _NOMINAL)
        return words


def read_labelled(
    sources: Sequence[str],
    *,
    group: str | None = None,
    labels: Path | None = None,
    name: str | None = None,
    options: LabelOptions = LabelOptions(),
) -> Labelled:
    """The labelled answers of some sources. Raises `InputError` where there are none, or a case has no such group.

    `labels` is a CSV of further labels (`id,label`), which take the place of those the sources give. Without `group`,
    cases that share an image or a request belong together. `name` is what the data are called; default: their sources'.
    Unknown labels are an error, or left out if the `options` ignore them; labels that abstain are left out.
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
    given: dict[str, str] = {}
    for case, _, label in rows:
        if case.id in given:
            raise InputError(f"two answers have the id {case.id!r}; give every answer an id of its own")
        given[case.id] = label
    words = options.words(", ".join(sources), Counter(given.values()))
    used = [(case, reading, known) for case, reading, label in rows if (known := words.label_of(label)) is not None]
    lesson = Lesson(
        ids=tuple(case.id for case, *_ in used),
        readings=tuple(reading for _, reading, _ in used),
        labels=tuple(label for *_, label in used),
        groups=tuple(_group(case, reading, group) for case, reading, _ in used),
    )
    targets = tuple(case.target for case, *_ in used)
    return Labelled(name or _name(sources), lesson, targets, tuple(_left_out(missing, invalid)), words, given)


def read_answers(sources: Sequence[str]) -> tuple[Case, ...]:
    """All cases of some sources, labelled or not."""
    return tuple(case for loaded in map(_loaded, sources) for case in loaded.cases)


def read_votes(
    folders: Sequence[str], positive: str, options: LabelOptions = LabelOptions()
) -> tuple[tuple[str, ...], Votes]:
    """The jurors of folders with `ballots.csv`, and their labels by item. Raises `InputError` for a folder without."""
    jurors: dict[str, None] = {}
    votes: dict[str, dict[str, str]] = {}
    for folder in folders:
        recording = read_recording(
            Path(folder), positive=positive, ignore_labels=options.ignore, abstain_labels=options.abstain
        )
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
    rows = good_of(read_table(labels, (("id", "item_id"), ("label",))))
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
