"""Whom a check-up sees: the panel a run would seat, and its target."""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jury.checkup import Checkup, Needs, Recording, Subject, check_up, subjects_of
from jury.errors import InputError
from jury.gateway.route.abilities import load_models
from jury.juries import REHEARSAL, fitting, load_panel, load_plan
from jury.providers import is_rehearsal
from jury.records import ModelSettings, Panel, Target
from jury.trust.permissions import STRICT, Permissions


@dataclass(frozen=True)
class CheckupSettings:
    """What a check-up can be told: `jury` and `panel` are presets or YAML files, `models` a YAML file.

    `record` is a new folder for what goes over HTTP, without secrets.
    """

    jury: str | None = None
    panel: str | None = None
    target: Target | None = None
    models: Path | None = None
    needs: Needs = field(default_factory=Needs)
    clerk: ModelSettings | None = None
    record: Path | None = None
    permissions: Permissions = STRICT


async def examined(settings: CheckupSettings) -> tuple[Checkup, ...]:
    """A check-up of every model that a run with these settings would ask. Raises `InputError` for bad input."""
    facts = load_models(settings.models) if settings.models else {}
    subjects = subjects_named(settings)
    settings.permissions.check(subject.settings for subject in subjects)
    recording = Recording(settings.record) if settings.record else None
    with tempfile.TemporaryDirectory(prefix="jury-doctor-") as passing:
        checkups = await check_up(
            subjects,
            Path(passing),
            needs=settings.needs,
            models=facts,
            recording=recording,
            permissions=settings.permissions,
        )
    if recording is not None:
        recording.write([document_of(checkup) for checkup in checkups])
    return checkups


def subjects_named(settings: CheckupSettings) -> tuple[Subject, ...]:
    """The distinct models that the settings name. Raises `InputError` if they name none."""
    panel = panel_named(settings)
    if panel is None and settings.target is None and settings.clerk is None:
        raise InputError(
            "there is no model to check; name some with --jury FILE.yaml, --panel FILE.yaml, --target or --clerk"
        )
    return subjects_of(panel, settings.target, settings.clerk)


def document_of(checkup: Checkup) -> dict[str, Any]:
    """A check-up as JSON: signs are true, false, or null where nothing was learned."""
    subject = checkup.subject
    return {
        "model": subject.model,
        "api_base": subject.settings.api_base,
        "parts": list(subject.parts),
        "rehearsal": is_rehearsal(subject.model),
        "key": checkup.key,
        "reachable": checkup.reachable,
        "structured": checkup.structured,
        "asked_by": checkup.rung,
        "sees": checkup.sees,
        "hears": checkup.hears,
        "calls": checkup.calls,
        "verdict": checkup.verdict,
        "findings": [
            {"kind": finding.kind, "detail": finding.detail, "advice": finding.advice} for finding in checkup.findings
        ],
        "notes": list(checkup.notes),
    }


def panel_named(settings: CheckupSettings) -> Panel | None:
    """The panel as a run would seat it; rehearsal jurors sit unnamed only where the target rehearses too."""
    if settings.panel is not None:
        return load_panel(settings.panel)
    if settings.jury is None:
        return None
    plan = load_plan(settings.jury)
    if plan.panel is not None:
        return plan.panel
    if settings.target is None or not is_rehearsal(settings.target.model):
        raise InputError(f"jury {settings.jury!r} names no panel; name one with --panel FILE.yaml")
    return fitting(load_panel(REHEARSAL), plan.protocol)
