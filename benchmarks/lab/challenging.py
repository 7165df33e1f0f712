"""Challenges for cause on recorded ballots, and the panel that sits once they are heard."""

from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.lab.recording import Recording, notes_on
from jury.atomic import write_atomically
from jury.empanelling import Challenge, Empanelled, challenges, empanel
from jury.errors import InputError
from jury.records import Panel
from jury.rules import first_choice


@dataclass(frozen=True)
class Challenged:
    """What is said of every juror and, where a panel was named, who sits now; `written` is its file.

    `notes` say what a reader must know of the labels.
    """

    challenges: tuple[Challenge, ...]
    empanelled: Empanelled | None
    written: Path | None
    notes: tuple[str, ...] = ()


def challenged(recording: Recording, panel: Panel | None = None, out: Path | None = None) -> Challenged:
    """The challenges that the labels bear out. Raises `InputError` where no label is the positive one."""
    if recording.positive is None:
        labels = ", ".join(recording.rubric.choices)
        raise InputError(f"{recording.name}: which label is looked for? name one with --positive ({labels})")
    if out is not None and panel is None:
        raise InputError("--out takes the panel that sits after the challenges; name the one before with --panel")
    gold = {sheet.item: sheet.gold or "" for sheet in recording.sheets}
    ballots: dict[str, dict[str, str]] = {juror: {} for juror in recording.jurors}
    for sheet in recording.sheets:
        for ballot in sheet.ballots:
            ballots[ballot.juror][sheet.item] = first_choice(ballot) or ballot.state
    found, notes = challenges(gold, ballots, recording.positive), tuple(notes_on(recording))
    if panel is None:
        return Challenged(found, None, None, notes)
    sitting = empanel(panel, {one.juror: one.why for one in found if one.finding == "challenged"})
    if out is not None:
        content = sitting.panel.model_dump(mode="json", exclude_defaults=True)
        write_atomically(out, [yaml.safe_dump(content, allow_unicode=True, sort_keys=False).encode()])
    return Challenged(found, sitting, out, notes)
