"""The jury of a run, seated again from its manifest."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from benchmarks.verify.ballots import Reader, reader_of
from benchmarks.verify.documents import digest
from benchmarks.verify.earlier import earlier_reader
from jury.ballots import ballot_form
from jury.records import Rubric

#: A field with its default takes no part in a hash, so that hashes outlive new fields.
_JUROR: dict[str, Any] = {
    "name": "", "role": "juror", "temperature": 0.0, "max_tokens": 1024, "seed": None, "api_base": None, "params": {},
}  # fmt: skip
_PANEL: dict[str, Any] = {
    "name": "panel", "alternates": [], "foreperson": None, "officers": {}, "same_family": False
}  # fmt: skip
_PROTOCOL: dict[str, Any] = {
    "seats": None, "screen": None, "opening": "at_once", "rounds": 0, "settled": None, "stops": [], "forum": None,
    "speaking": "at_once", "topology": "complete", "anonymous": True, "show_ratings": True, "reballot": "spoken",
    "summary": False, "jurors_see_media": True,
}  # fmt: skip
_RULE: dict[str, Any] = {"name": "strict_majority", "args": {}, "weights": {}, "tie_break": "none", "quorum": 2 / 3}
_RUBRIC: dict[str, Any] = {
    "also_positive": [], "rating": None, "aliases": {}, "abstain": [], "better": None, "question": {}, "meanings": {},
    "criteria": {},
}  # fmt: skip

#: Who may speak in a forum without a seat.
_OFFICES = frozenset({"critic", "defender", "moderator"})


def positives(rubric: Mapping[str, Any]) -> list[str]:
    """The choices on the rubric's positive side."""
    return [str(choice) for choice in (rubric["positive"], *rubric.get("also_positive", ()))]


@dataclass(frozen=True)
class Chair:
    """A juror in its seat: the seat's id, what the juror is called, and its model."""

    id: str
    name: str
    model: str


@dataclass(frozen=True)
class Bench:
    """All that decides how an answer is judged, as plain JSON, with the jurors in their seats by id.

    `earlier` says that replies are read as releases did before there was one reader of replies.
    """

    jury: Mapping[str, Any]
    hash: str
    seats: Mapping[str, Chair]
    alternate: Chair | None
    foreperson: Chair
    scout: Chair
    earlier: bool = False

    @cached_property
    def criteria(self) -> Rubric:
        """The rubric as the run's own record. Raises `ValueError` for an odd one."""
        return Rubric.model_validate(dict(self.rubric))

    @cached_property
    def read(self) -> Reader:
        """What reads replies, as a run does today or as earlier releases did. Raises `ValueError` for an odd rubric."""
        return earlier_reader(self.rubric) if self.earlier else reader_of(ballot_form(self.criteria))

    @property
    def rubric(self) -> Mapping[str, Any]:
        """The question put to the jurors."""
        return _mapping(self.jury["rubric"])

    @property
    def rule(self) -> Mapping[str, Any]:
        """The decision rule with its arguments, tie-break and quorum."""
        return _mapping(self.jury["rule"])

    @property
    def protocol(self) -> Mapping[str, Any]:
        """Who speaks when, and who hears whom."""
        return _mapping(self.jury["protocol"])

    def chair(self, phase: str, seat: str) -> Chair | None:
        """Who sits in a seat in a phase of the trial, None if nobody does."""
        if phase == "screening":
            return self.scout if seat == self.scout.id else None
        if phase == "statement":
            return self.speaker(seat.partition(":")[2])
        if phase == "summary":
            return self.foreperson if seat == "foreperson" else None
        if phase == "tie_break":
            return next((chair for chair in (self.alternate, self.foreperson) if chair and chair.id == seat), None)
        return self.seats.get(seat)

    def speaker(self, who: str) -> Chair | None:
        """Who speaks in a forum: an officer by its office, or a juror by its seat."""
        if who not in _OFFICES:
            return self.seats.get(who)
        panel = self.jury["panel"]
        named = panel.get("officers", {}).get(who)
        model = named["model"] if named else self.foreperson.model
        return Chair(who, who, model)


def bench_of(jury: Mapping[str, Any]) -> Bench:
    """The jury of a manifest in its seats. Raises `KeyError` or `TypeError` where the manifest lacks something."""
    panel = jury["panel"]
    seats = _seated(panel["seats"])
    alternates = _seated(panel["alternates"])
    named = panel["foreperson"]
    scout = panel.get("officers", {}).get("scout")
    return Bench(
        jury=jury,
        hash=jury_hash(jury),
        seats={chair.id: chair for chair in seats},
        alternate=alternates[0] if alternates else None,
        foreperson=_seated([named])[0] if named else seats[0],
        scout=_seated([scout])[0] if scout else seats[0],
    )


def jury_hash(jury: Mapping[str, Any]) -> str:
    """64 hex digits naming a jury by what differs from the defaults."""
    panel = jury["panel"]
    content = {
        "panel": _told(
            {
                **panel,
                "seats": [_told(juror, _JUROR) for juror in panel["seats"]],
                "alternates": [_told(juror, _JUROR) for juror in panel["alternates"]],
                "foreperson": panel["foreperson"] and _told(panel["foreperson"], _JUROR),
                "officers": {office: _told(juror, _JUROR) for office, juror in panel.get("officers", {}).items()},
            },
            _PANEL,
        ),
        "protocol": _told(jury["protocol"], _PROTOCOL),
        "rule": _told(jury["rule"], _RULE),
        "rubric": _told(jury["rubric"], _RUBRIC),
    }
    others = {name: value for name, value in jury.items() if name not in content}
    return digest({"Jury": _told({**others, **content}, {"name": "jury", "rule": {}})})


def _seated(jurors: list[dict[str, Any]]) -> list[Chair]:
    """Jurors in the order of their seats; equal minds are numbered, equal names too."""
    by_mind = sorted(((_mind(juror), juror) for juror in jurors), key=lambda one: (one[0], one[1]["name"]))
    alike: Counter[str] = Counter()
    taken: set[str] = set()
    chairs = []
    for mind, juror in by_mind:
        called = _unused(juror["name"] or f"{juror['role']} ({juror['model'].split('/')[-1]})", taken)
        chairs.append(Chair(f"{mind[:12]}-{alike[mind]}", called, juror["model"]))
        alike[mind] += 1
        taken.add(called)
    return sorted(chairs, key=lambda chair: chair.id)


def _mind(juror: Mapping[str, Any]) -> str:
    return digest({"Juror": _told({**juror, "name": ""}, _JUROR)})


def _unused(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    number = 2
    while f"{name} {number}" in taken:
        number += 1
    return f"{name} {number}"


def _told(record: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """What a record says beyond its defaults."""
    return {name: value for name, value in record.items() if name not in defaults or value != defaults[name]}


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("the jury's parts are no objects")
    return value
