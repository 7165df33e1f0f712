"""Putting a jury together from presets, files and overrides."""

from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from typing import Any, cast, get_args

from pydantic import Field

from jury.crowd import check_live, parse_any_rule
from jury.errors import InputError
from jury.forums import check_forum, speeches_of
from jury.panel import officer, panel_seats
from jury.providers import only_makes, provider_of
from jury.records import Juror, Jury, Office, Panel, Protocol, Record, Rubric, Rule
from jury.records.written import PanelWritten, PlanWritten
from jury.roles import load_role
from jury.rubrics import load_rubric
from jury.rules import check_weights, decide
from jury.stops import check_stops
from jury.topologies import seated_topology
from jury.yaml_files import build, read_yaml
from prompts import Library

PRESETS = Path(__file__).parent / "presets"

#: The panel a bare preset seats where nothing real is judged.
REHEARSAL = "rehearsal"


class JuryPlan(Record):
    """A jury as a file states it; what it leaves open is filled in when the jury is seated."""

    name: str = "jury"
    panel: Panel | None = None
    protocol: Protocol
    rule: Rule = Rule()
    rubric: str | Rubric | None = Field(default=None, description="a rubric's name, or a rubric")
    officers: dict[Office, Juror] = Field(
        default_factory=dict, description="who holds an office if the panel names nobody for it"
    )


def load_plan(jury: PlanWritten) -> JuryPlan:
    """The plan of a preset's name or a YAML file, in which panel, protocol, rule and rubric may be names too."""
    if not isinstance(jury, str):
        return _plan_in(dict(jury), "jury")
    path = _file(jury)
    if path is None:
        plan = _preset("protocols", jury, "jury")
        return build(JuryPlan, {**plan, "name": jury}, f"preset {jury}")
    return _plan_in({"name": path.stem, **read_yaml(path)}, str(path))


def load_panel(panel: PanelWritten) -> Panel:
    """The panel of a preset's name or a YAML file."""
    if not isinstance(panel, str):
        return build(Panel, panel, "panel")
    path = _file(panel)
    if path is None:
        return build(Panel, _preset("panels", panel, "panel"), f"preset {panel}")
    return build(Panel, {"name": path.stem, **read_yaml(path)}, str(path))


def _plan_in(content: dict[str, Any], where: str) -> JuryPlan:
    """The plan that a file, or a part of one, states."""
    content["protocol"], rule = _protocol(content.get("protocol", "trial"), where)
    content["rule"] = _rule(content.get("rule", rule))
    if isinstance(content.get("panel"), str):
        content["panel"] = load_panel(content["panel"])
    return build(JuryPlan, content, where)


def seat(plan: JuryPlan, panel: Panel, rubric: Rubric, library: Library) -> Jury:
    """The jury that sits. Raises `InputError` where models, roles, rule, topology and rubric don't go together."""
    panel = panel.but(officers={**plan.officers, **panel.officers}) if plan.officers else panel
    wanted = plan.protocol.seats
    if wanted is not None and len(panel.seats) != wanted:
        raise InputError(
            f"protocol {plan.protocol.name!r} seats {wanted} juror(s), but panel {panel.name!r} has {len(panel.seats)}"
        )
    if plan.rule.tie_break == "alternate" and not panel.alternates:
        raise InputError(f"tie-break 'alternate' needs an alternate, but panel {panel.name!r} has none")
    check_live(plan.rule)
    _check_rule(plan.rule, rubric)
    check_weights(plan.rule, [seat.name for seat in panel_seats(panel)])
    protocol = plan.protocol.but(topology=seated_topology(plan.protocol.topology, len(panel.seats)))
    check_stops(protocol)
    check_forum(protocol)
    for juror in (*panel.everybody, *_officers(protocol, panel)):
        load_role(juror.role, library)
        check_model(juror.model)
        _check_fit(juror.model, rubric)
    return Jury(name=plan.name, panel=panel, protocol=protocol, rule=plan.rule, rubric=rubric)


def check_model(model: str) -> None:
    """Raise `InputError` for an offline model that is not there; what others are called, only their providers know."""
    provider = provider_of(model)
    if provider is not None:
        provider.origin(model.partition("/")[2])
    if only_makes(model):
        raise InputError(f"model {model!r} makes images or clips and says nothing; name one that answers in words")


def _check_fit(model: str, rubric: Rubric) -> None:
    """Raise `InputError` for an offline model that can't fill in the rubric's ballot."""
    provider = provider_of(model)
    if provider is not None:
        provider.fits(model.partition("/")[2], rubric)


def choose_rubric(plan: JuryPlan, wanted: str, library: Library) -> Rubric:
    """The rubric a plan states, else the wanted one. Raises `InputError` for an unknown name."""
    if isinstance(plan.rubric, Rubric):
        return plan.rubric
    return load_rubric(plan.rubric or wanted, library)


def fitting(panel: Panel, protocol: Protocol) -> Panel:
    """As much of a panel as a protocol seats: how a bare preset fits the rehearsal panel to itself."""
    return panel if protocol.seats is None else panel.but(seats=panel.seats[: protocol.seats])


def _officers(protocol: Protocol, panel: Panel) -> Iterator[Juror]:
    """Who speaks in the protocol's forum without a seat."""
    for speaker, _ in speeches_of(protocol):
        if speaker in get_args(Office):
            yield officer(panel, cast(Office, speaker)).juror


def _check_rule(rule: Rule, rubric: Rubric) -> None:
    """Let a rule say at once, before an empty bench, which of its arguments make no sense."""
    for name, value in rule.args.items():
        if not isfinite(value):
            raise InputError(f"rule {rule.name!r}: {name}={value:g} is not a finite number")
    decide((), seats=1, rule=rule, rubric=rubric)


def _protocol(written: Any, where: str) -> tuple[Any, Any]:
    """A protocol as a file states it and the rule that comes with it, where it names a preset."""
    if not isinstance(written, str):
        return written, {}
    preset = _preset("protocols", written, f"{where}: protocol")
    return preset["protocol"], preset["rule"]


def _rule(written: Any) -> Any:
    return parse_any_rule(written) if isinstance(written, str) else written


def names_file(name: str) -> bool:
    """Whether a jury's or panel's name is that of a file, not of a preset."""
    return Path(name).suffix in {".yaml", ".yml"} or len(Path(name).parts) > 1


def _file(name: str) -> Path | None:
    """The file a name points to, None where it is a preset's name."""
    return Path(name) if names_file(name) else None


def _preset(kind: str, name: str, called: str) -> dict[str, Any]:
    known = sorted(path.stem for path in (PRESETS / kind).glob("*.yaml"))
    if name not in known:
        raise InputError(f"unknown {called} {name!r}; known: {', '.join(known)}, or name a YAML file")
    return read_yaml(PRESETS / kind / f"{name}.yaml")
