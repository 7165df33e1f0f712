"""Committees by name or file."""

from pathlib import Path

from jury.errors import InputError
from jury.juries import check_model
from jury.records import Committee
from jury.roles import load_role
from jury.yaml_files import build, read_yaml
from prompts import Library

PRESETS = Path(__file__).parent / "presets" / "committees"


def load_committee(committee: str, library: Library) -> Committee:
    """The committee of a preset's name or a YAML file. Raises `InputError` for what is wrong with it, its roles or models."""
    path = Path(committee)
    if path.suffix in {".yaml", ".yml"} or len(path.parts) > 1:
        found = build(Committee, {"name": path.stem, **read_yaml(path)}, str(path))
    else:
        known = sorted(preset.stem for preset in PRESETS.glob("*.yaml"))
        if committee not in known:
            raise InputError(f"unknown committee {committee!r}; known: {', '.join(known)}, or name a YAML file")
        found = build(Committee, read_yaml(PRESETS / f"{committee}.yaml"), f"preset {committee}")
    for member in found.panel.seats:
        load_role(member.role, library)
        check_model(member.model)
    return found
