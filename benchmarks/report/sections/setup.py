"""What was run and with what: target, panel, protocol, rule, rubric, wording, versions, cost."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.gold.rubrics import choice_sentence
from benchmarks.report.archive import Archive, Heard
from benchmarks.report.naming import spelt
from benchmarks.report.section import SECTIONS, Section, Wishes
from jury.records import Juror, Protocol, Rule, TemplateRef

#: So many seats are listed; a recording may have hundreds of jurors.
SEATS = 40

#: Settings of a run that shape what models are shown or asked; paths are left out, since they say nothing elsewhere.
SETTINGS = ("limit", "exhibits", "condition", "only", "clerk", "edge", "positive", "retry_invalid", "tries", "timeout")


@dataclass(frozen=True)
class Seat:
    """A place at the trial, and how its model is asked."""

    place: str
    name: str
    model: str
    role: str
    decoding: str


@dataclass(frozen=True)
class Setup:
    """One run: `facts` are names and values in the order they are read; `usage` as results state it."""

    label: str
    facts: tuple[tuple[str, str], ...]
    system: str
    seats: tuple[Seat, ...]
    unlisted: int
    same_family: tuple[tuple[str, str], ...]
    hashes: tuple[tuple[str, str], ...]
    templates: tuple[TemplateRef, ...]
    versions: tuple[tuple[str, str], ...]
    settings: tuple[tuple[str, str], ...]
    complete: bool
    rehearsal: bool
    usage: dict[str, Any]


@SECTIONS.add("setup")
class SetupSection(Section):
    """Everything that shaped the verdicts, run by run."""

    title = "What was run"
    place = 20

    def __init__(self, runs: Sequence[Archive], wishes: Wishes) -> None:
        super().__init__(runs, wishes)
        self._templates: dict[str, set[TemplateRef]] = defaultdict(set)

    def hear(self, heard: Heard) -> None:
        """Note the templates that ballots were asked for with."""
        ballots = (ballot for held in heard.verdict.rounds for ballot in held.ballots)
        self._templates[heard.run.label].update(ballot.template for ballot in ballots if ballot.template is not None)

    def view(self) -> tuple[Setup, ...]:
        """The settings of every run."""
        return tuple(_setup(run, self._templates[run.label]) for run in self.runs)


def _setup(run: Archive, templates: set[TemplateRef]) -> Setup:
    manifest, panel = run.manifest, run.jury.panel
    seats = list(_seats(run))
    return Setup(
        label=run.label,
        facts=tuple(_facts(run)),
        system=str((manifest["target"] or {}).get("system", "")),
        seats=tuple(seats[:SEATS]),
        unlisted=len(seats[SEATS:]),
        same_family=tuple((str(one), str(other)) for one, other in run.document.get("same_family", ())),
        hashes=tuple(_hashes(run, panel_hash=panel.content_hash)),
        templates=tuple(sorted(templates, key=lambda one: (one.name, one.language, one.version, one.sha256))),
        versions=(*manifest.get("versions", {}).items(), ("Python", str(manifest.get("python", "unknown")))),
        settings=tuple(_settings(manifest.get("settings", {}))),
        complete=bool(run.document.get("complete", True)),
        rehearsal=bool(run.document.get("rehearsal")),
        usage=run.document["usage"],
    )


def _facts(run: Archive) -> Iterator[tuple[str, str]]:
    target = run.manifest["target"]
    yield "Source", str(run.manifest["source"])
    yield "Cases", f"{run.document['counts']['cases']:,}"
    yield "Target", run.target or "recorded answers"
    if target:
        yield "Target is asked with", _decoding(target)
    yield "Jury", run.jury.name
    yield "Protocol", _protocol(run.jury.protocol)
    yield "Rule", _rule(run.jury.rule)
    yield (
        "Rubric",
        f"{run.jury.rubric.name}: {' / '.join(run.jury.rubric.choices)}; looks for {run.jury.rubric.positive}",
    )
    if (choice := run.document.get("rubric_choice")) and choice.get("by") in {"data", "default"}:
        yield "Why this rubric", choice_sentence(run.jury.rubric.name, choice)


def _protocol(protocol: Protocol) -> str:
    name = protocol.name
    if not protocol.rounds and protocol.reballot == "spoken":
        return f"{name}: {_opening(protocol)}, no deliberation"
    return (
        f"{name}: {_opening(protocol)}, then up to {protocol.rounds} deliberation "
        f"round{'s' if protocol.rounds != 1 else ''} ({_hearing(protocol)}; {_ending(protocol)}); "
        f"{'a sealed re-ballot decides' if protocol.reballot == 'sealed' else 'the last spoken positions decide'}"
    )


def _opening(protocol: Protocol) -> str:
    scouted = "" if protocol.screen is None else f"a scout alone if at least {protocol.screen:.0%} sure, else "
    turns = " in turn until the outcome is certain" if protocol.opening == "in_turn" else ""
    return f"{scouted}one sealed ballot each{turns}"


def _hearing(protocol: Protocol) -> str:
    if protocol.forum is not None:
        return f"forum {protocol.forum}"
    turns = ", one after another" if protocol.speaking == "in_turn" else ""
    return f"{protocol.topology}, peers {'anonymous' if protocol.anonymous else 'named'}{turns}"


def _ending(protocol: Protocol) -> str:
    agreed = [] if protocol.settled is None else [f"{protocol.settled:.0%} of the seats agree"]
    stops = [*agreed, *protocol.stops]
    return f"ends once {' or '.join(stops)}" if stops else "every round is held"


def _rule(rule: Rule) -> str:
    stated = ", ".join(f"{name} {value:g}" for name, value in rule.args.items())
    return (
        f"{spelt(rule.name)}{f' ({stated})' if stated else ''}; tie-break {rule.tie_break}; "
        f"quorum {rule.quorum:.0%} of the seats"
    )


def _seats(run: Archive) -> Iterator[Seat]:
    panel = run.jury.panel
    placed: list[tuple[str, Juror]] = [("seat", juror) for juror in panel.seats]
    placed += [("alternate", juror) for juror in panel.alternates]
    placed += [("foreperson", panel.foreperson)] if panel.foreperson else []
    placed += panel.officers.items()
    for place, juror in placed:
        yield Seat(place, juror.name or juror.role, juror.model, juror.role, _decoding(juror.model_dump(mode="json")))


def _decoding(asked: dict[str, Any]) -> str:
    """Temperature, limit, seed, and what else a model is asked with."""
    stated = [f"temperature {asked.get('temperature', 0):g}", f"at most {asked.get('max_tokens', 0):,} tokens"]
    stated += [f"{spelt(name)} {asked[name]}" for name in ("seed", "api_base") if asked.get(name) is not None]
    stated += [f"{name} {value}" for name, value in sorted((asked.get("params") or {}).items())]
    return ", ".join(stated)


def _hashes(run: Archive, panel_hash: str) -> Iterator[tuple[str, str]]:
    yield "Run", str(run.document["run"])
    covered = "all that the run can render" if "texts" in run.manifest else "all templates, roles and rubrics"
    yield f"Prompts ({covered})", str(run.manifest["prompts"])
    yield "Jury (panel, protocol, rule, rubric)", str(run.manifest.get("jury_hash", run.jury.content_hash))
    yield "Panel", panel_hash


def _settings(settings: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name in SETTINGS:
        value = settings.get(name)
        if value is not None and value is not False and value != {}:
            yield spelt(name), _written(value)


def _written(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}={one}" for key, one in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
