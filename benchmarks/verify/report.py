"""What a check of a run ends with."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Finding:
    """One difference: where it is, what is wrong there, what is recorded and what should be."""

    where: str
    what: str
    recorded: str = ""
    derived: str = ""


@dataclass(frozen=True)
class Report:
    """What was checked, by kind and number, every difference that was found, altered rows first, and what was not checked.

    `unchecked` names the sections of `results.json` that another distribution's metrics put there; `unread` says in words
    what else was not looked at.
    """

    folder: Path
    checked: dict[str, int]
    findings: tuple[Finding, ...]
    unchecked: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing differs."""
        return not self.findings


def shown(value: object, width: int = 200) -> str:
    """A recorded or derived value as it stands in a finding, cut to a width in characters."""
    text = value if isinstance(value, str) else "none" if value is None else repr(value)
    return text if len(text) <= width else text[: width - 1] + "…"
