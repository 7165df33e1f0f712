"""How many images and clips could not be shown to a target or its jurors, and what that means for a run's figures."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jury.panel import officer, panel_seats
from jury.providers import provider_of
from jury.records import MEDIA_KINDS, Answered, Ballot, Case, Delivery, Jury, MediaKind, Verdict
from jury.withheld import filed

#: Why exhibits were not shown, in the words of a table.
REASONS = {
    "missing": "missing",
    "broken": "damaged",
    "mislabelled": "of a kind that can't be read",
    "too_large": "too large",
    "timeout": "not fetched in time",
    "error": "unusable",
    "unable": "of a kind that the model does not take",
    "refused": "refused by the server",
    "hidden": "hidden by the protocol",
}

_MANY: dict[MediaKind, str] = {"image": "images", "audio": "clips"}

#: How a delivery may have ended.
_STATES = ("shown", "words", "withheld", "unrecorded")
_NOT_SHOWN = frozenset({"words", "withheld"})


class ExhibitCounts:
    """Counts what was shown to whom, case by case.

    Cases without an image or a clip that has a file, or should have one, count for nothing. `policy` is what is done about
    cases that a target can't be shown, `asked` whether there is one: else answers were recorded.
    """

    def __init__(self, policy: str, jury: Jury | None = None, *, asked: bool) -> None:
        self._policy = policy
        self._target_asked = asked
        self._models = _models(jury) if jury else {}
        self._cases = 0
        self._files: Counter[MediaKind] = Counter()
        self._unusable: Counter[tuple[MediaKind, str]] = Counter()
        self._unanswered: Counter[str] = Counter()
        self._asked_without: Counter[str] = Counter()
        self._numbers: Counter[str] = Counter()
        self._shown: Counter[tuple[str, MediaKind, str]] = Counter()

    def judged(self, case: Case, verdict: Verdict) -> None:
        """Count a case with its verdict."""
        if not self._counts(case):
            return
        self._asked(verdict.exhibits)
        whole = all(part.hindrance is None for _, part in filed(case))
        if not self._target_asked and verdict.rounds and not whole:
            self._numbers["answers_without"] += 1
        for held in verdict.rounds:
            for ballot in held.ballots:
                self._voted(ballot, whole=whole)

    def answered(self, case: Case, answered: Answered) -> None:
        """Count a case that a target was asked about, or was not."""
        if self._counts(case):
            self._asked(answered.exhibits)

    @property
    def section(self) -> dict[str, Any] | None:
        """The counts as a section of a run's results; None where no case has an exhibit with a file."""
        if not self._cases:
            return None
        return {
            "policy": self._policy,
            "cases": self._cases,
            **{_MANY[kind]: self._of_kind(kind) for kind in MEDIA_KINDS if self._files[kind]},
            "unanswered": _by_reason(self._unanswered),
            "asked_without": _by_reason(self._asked_without),
            **{
                name: self._numbers[name]
                for name in ("answers_without", "ballots", "ballots_without", "recorded_without")
            },
            "shown": {"target": self._by_kind(""), "jurors": {name: self._by_kind(name) for name in self._jurors}},
        }

    def _counts(self, case: Case) -> bool:
        exhibits = [part for _, part in filed(case)]
        self._cases += bool(exhibits)
        for part in exhibits:
            self._files[part.kind] += 1
            if part.hindrance is not None:
                self._unusable[part.kind, part.hindrance] += 1
        return bool(exhibits)

    def _asked(self, exhibits: tuple[Delivery, ...]) -> None:
        self._note("", exhibits)
        hindered = next((one.reason for one in exhibits if one.state in _NOT_SHOWN), None)
        if hindered is not None:
            (self._asked_without if self._policy == "ask" else self._unanswered)[hindered] += 1

    def _voted(self, ballot: Ballot, *, whole: bool) -> None:
        """Count a ballot that was cast; one that was recorded elsewhere says nothing of what its juror was shown."""
        model = self._models.get(ballot.juror, "")
        if ballot.state == "invalid":
            return
        provider = provider_of(model)
        if provider is not None and provider.addressed:
            self._numbers["recorded_without"] += not whole
            return
        self._numbers["ballots"] += 1
        self._numbers["ballots_without"] += any(one.state in _NOT_SHOWN for one in ballot.exhibits)
        self._note(model, ballot.exhibits)

    def _note(self, model: str, exhibits: tuple[Delivery, ...]) -> None:
        self._shown.update((model, one.kind, one.state) for one in exhibits)

    def _of_kind(self, kind: MediaKind) -> dict[str, Any]:
        unusable = {reason: times for (of, reason), times in self._unusable.items() if of == kind}
        return {"files": self._files[kind], "unusable": dict(sorted(unusable.items()))}

    @property
    def _jurors(self) -> list[str]:
        return sorted({model for model, _, _ in self._shown if model})

    def _by_kind(self, model: str) -> dict[str, Any]:
        """What became of the exhibits that were meant for a juror's model, or without a name for the target."""
        kinds = [kind for kind in MEDIA_KINDS if any((model, kind, state) in self._shown for state in _STATES)]
        return {kind: {state: self._shown[model, kind, state] for state in _STATES} for kind in kinds}


def exhibit_notes(document: Mapping[str, Any]) -> tuple[str, ...]:
    """What a reader of a run's figures must know of its exhibits, a sentence each; none where all were shown.

    `document` is a run's results, or the summary of its answers, as a file has it: what is no number there counts as 0.
    """
    section = _part(document, "exhibits")
    cases = f"of {_number(section, 'cases'):,} cases with exhibits"
    found = [*_unusable(section)]
    for name, what in (
        ("unanswered", "unanswered, since the target can't be shown them"),
        ("asked_without", "asked without an exhibit"),
    ):
        part = _part(section, name)
        if times := _number(part, "cases"):
            found.append(f"{times:,} {cases} {what} ({_told(_part(part, 'reasons'))})")
    if times := _number(section, "answers_without"):
        found.append(f"{times:,} recorded answers judged without an exhibit of their case")
    if times := _number(section, "ballots_without"):
        found.append(
            f"{times:,} of {_number(section, 'ballots'):,} ballots cast without an exhibit, in words or not at all"
        )
    if times := _number(section, "recorded_without"):
        found.append(f"{times:,} recorded ballots on cases with an exhibit that is not here")
    return tuple(found)


def not_shown(exhibits: Iterable[Delivery]) -> tuple[str, ...]:
    """Which exhibits somebody was not shown, each in a few words."""
    return tuple(str(one) for one in exhibits if one.state != "shown")


#: What marks a figure of a run whose target was asked without some exhibits.
MARK = " *"

#: What that mark means.
MARKED = "* answered in part without the image or clip that the question is about"


def asked_without(document: Mapping[str, Any]) -> int:
    """How many cases the target was asked about without an exhibit: then every figure is marked."""
    return _number(_part(_part(document, "exhibits"), "asked_without"), "cases")


def _unusable(section: Mapping[str, Any]) -> Iterator[str]:
    for many in _MANY.values():
        of_kind = _part(section, many)
        unusable = _part(of_kind, "unusable")
        for reason in unusable:
            words = REASONS.get(reason, reason)
            yield f"{_number(unusable, reason):,} of {_number(of_kind, 'files'):,} {many} {words}"


def _part(section: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = section.get(name)
    return part if isinstance(part, Mapping) else {}


def _number(section: Mapping[str, Any], name: str) -> int:
    value = section.get(name)
    return value if isinstance(value, int) else 0


def _models(jury: Jury) -> dict[str, str]:
    """The model of everybody who may vote, by name."""
    panel = jury.panel
    seats = (officer(panel, "scout"), *panel_seats(panel))
    return {seat.name: seat.juror.model for seat in seats}


def _by_reason(counted: Counter[str]) -> dict[str, Any]:
    return {"cases": counted.total(), "reasons": dict(sorted(counted.items()))}


def _told(reasons: Mapping[str, Any]) -> str:
    return ", ".join(f"{_number(reasons, reason):,} {REASONS.get(reason, reason)}" for reason in reasons)
