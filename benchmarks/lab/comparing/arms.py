"""The juries of a comparison: the protocols that were named, their controls, and majorities at the same budget."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from jury.errors import InputError
from jury.juries import JuryPlan, load_plan
from jury.records import Panel, Protocol
from jury.spelling import arguments
from jury.stops import STOPS
from jury.yaml_files import read_yaml

#: What an arm is: a protocol that was named, the same without hearing anybody, a vote by more samples.
Kind = Literal["protocol", "control", "majority"]

#: Ends the name of a protocol's control.
CONTROL = "without peers"


@dataclass(frozen=True)
class Arm:
    """One jury of a comparison. `of` is the protocol that a control or a majority is held against."""

    name: str
    kind: Kind
    plan: JuryPlan
    of: str = ""
    samples: int = 1

    @property
    def deliberates(self) -> bool:
        """Whether its jurors vote again after hearing something."""
        return self.plan.protocol.rounds > 0

    @property
    def folder(self) -> str:
        """What its verdicts are kept under."""
        return re.sub(r"[^A-Za-z0-9._-]+", "-", self.name).strip("-.") or "arm"


def read_arms(path: Path, budget: str | None = None) -> list[Arm]:
    """The protocols of a file, the first of them the baseline. Raises `InputError` that names the entry at fault.

    Under `protocols:` stand names of presets, jury files, or what a jury's file would say. `budget`, such as `calls=12`,
    ends the deliberation of every case that has cost so much.
    """
    entries = read_yaml(path).get("protocols")
    if not isinstance(entries, list) or not entries:
        raise InputError(f"{path}: `protocols` is no list; write `protocols:` and one protocol a line, as in `- trial`")
    arms = [_arm(entry, f"{path}: protocols[{place}]", path.parent) for place, entry in enumerate(entries)]
    folders = [arm.folder for arm in arms]
    for arm in arms:
        if folders.count(arm.folder) > 1:
            raise InputError(f"{path}: two protocols are named {arm.name!r}; give one another `name`")
    return [_within(arm, budget) for arm in arms]


def control_of(arm: Arm) -> Arm:
    """The same protocol, in which jurors are asked again and hear nobody: neither each other nor a forum."""
    protocol = arm.plan.protocol.but(topology="alone", forum=None, speaking="at_once")
    return Arm(f"{arm.name} {CONTROL}", "control", arm.plan.but(protocol=protocol), arm.name)


def majority_at(arm: Arm, samples: int) -> Arm:
    """A poll under the arm's rule of so many samples of every juror."""
    protocol = Protocol(name="poll", jurors_see_media=arm.plan.protocol.jurors_see_media)
    return Arm(f"poll of {samples} samples", "majority", arm.plan.but(protocol=protocol), arm.name, samples)


def sampled(panel: Panel, samples: int) -> Panel:
    """Every juror so many times: equal minds in several seats are samples of one."""
    seats = [
        juror.but(name=f"{juror.name} #{number}" if juror.name and number > 1 else juror.name)
        for number in range(1, samples + 1)
        for juror in panel.seats
    ]
    return panel.but(seats=tuple(seats))


def _arm(entry: Any, where: str, beside: Path) -> Arm:
    if isinstance(entry, str):
        written: Any = str(beside / entry) if Path(entry).suffix in {".yaml", ".yml"} else entry
        plan = load_plan(written)
        return Arm(plan.name, "protocol", plan)
    if not isinstance(entry, dict):
        raise InputError(f"{where} is neither a name nor a mapping; write `- trial`, or `- name: …` with a `protocol`")
    content = dict(entry)
    base = content.pop("jury", None)
    plan = load_plan(_base(base, content, where) if base else content)
    return Arm(str(entry.get("name") or plan.name), "protocol", plan.but(name=str(entry.get("name") or plan.name)))


def _base(base: Any, content: dict[str, Any], where: str) -> dict[str, Any]:
    """What a preset says, with what stands beside it in the entry in the place of its own."""
    if not isinstance(base, str):
        raise InputError(f"{where}: `jury` is no name; name a preset or a jury file")
    plan = load_plan(base)
    named = {"protocol": plan.protocol.model_dump(mode="json"), "rule": plan.rule.model_dump(mode="json")}
    return {**named, **content}


def _within(arm: Arm, budget: str | None) -> Arm:
    if budget is None or not arm.deliberates:
        return arm
    stop = f"budget:{budget}"
    arguments("budget", stop, STOPS.get("budget"))
    protocol = arm.plan.protocol
    return replace(arm, plan=arm.plan.but(protocol=protocol.but(stops=(*protocol.stops, stop))))


def with_controls(arms: Iterable[Arm]) -> Sequence[Arm]:
    """Every arm, those that deliberate followed by their controls."""
    return [one for arm in arms for one in ((arm, control_of(arm)) if arm.deliberates else (arm,))]
