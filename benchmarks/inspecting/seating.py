"""The jury of a scorer, seated and checked before Inspect asks its first model."""

from jury.crowd import parse_any_rule
from jury.errors import InputError
from jury.juries import REHEARSAL, JuryPlan, choose_rubric, fitting, load_panel, load_plan, seat
from jury.proofs import proofread
from jury.providers.human import people_on
from jury.records import Jury, Panel, Protocol, Rubric
from prompts import Library

#: What answers are judged by where neither the user nor the protocol's file says it.
RUBRIC = "safebench"


def seated(
    protocol: Protocol | str,
    panel: Panel | str | None,
    *,
    rule: str | None,
    rubric: Rubric | str | None,
    library: Library,
) -> Jury:
    """The jury that will judge; without a panel the one in the protocol's file sits, else the preset `rehearsal`.

    Raises `InputError` for whatever would only fail later, and for a person on the panel: a task waits for nobody.
    """
    plan = load_plan(protocol) if isinstance(protocol, str) else JuryPlan(protocol=protocol)
    plan = plan if rule is None else plan.but(rule=parse_any_rule(rule))
    plan = plan if rubric is None else plan.but(rubric=rubric)
    jury = seat(plan, _panel(panel, plan), choose_rubric(plan, RUBRIC, library), library)
    if people := people_on(jury):
        raise InputError(
            f"juror {people[0]!r} is a person, and a task does not wait; seat a model, or: jury deliberate"
        )
    proofread(jury, library, ["en"])
    return jury


def _panel(panel: Panel | str | None, plan: JuryPlan) -> Panel:
    """Who sits; of a preset or a panel's file, as many as the protocol seats."""
    if panel is None and plan.panel is not None:
        return plan.panel
    return panel if isinstance(panel, Panel) else fitting(load_panel(panel or REHEARSAL), plan.protocol)
