"""What a check-up is told to look for, and what it found."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from jury.checkup.findings import Ailment, Finding
from jury.checkup.subjects import Subject
from jury.records import Structured

Sense = Literal["sees", "hears"]


@dataclass(frozen=True)
class Needs:
    """What the cases to be judged ask of every model, whether or not it claims to have it."""

    vision: bool = False
    audio: bool = False

    def names(self, sense: Sense) -> bool:
        """Whether a sense is needed."""
        return self.vision if sense == "sees" else self.audio


@dataclass(frozen=True)
class Checkup:
    """What a check-up of one model found. A sign is None where nothing was learned; without findings it is fine.

    `notes` are what to know of it that is not wrong, such as a price that nobody knows. `key` is True if LiteLLM finds one, False if the model fails for want of one, None for a model that needs none.
    `structured` is False where no ballot could be read, and `rung` how it was asked for one; `sees` and `hears` are
    False for a model that has no such sense, which is a finding only if it claims the sense or the sense is needed.
    `calls` counts what was asked, 3 at most.
    """

    subject: Subject
    key: bool | None = None
    reachable: bool | None = None
    structured: bool | None = None
    rung: Structured | None = None
    sees: bool | None = None
    hears: bool | None = None
    calls: int = 0
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def verdict(self) -> Literal["fine"] | Ailment:
        """The first thing that is wrong, or `fine`."""
        return self.findings[0].kind if self.findings else "fine"

    def but(self, **signs: Any) -> "Checkup":
        """The same check-up with some signs changed."""
        return replace(self, **signs)

    def worse(self, finding: Finding, **signs: Any) -> "Checkup":
        """The same check-up with one finding more, and some signs changed. What is found again is one finding."""
        known = any(one.kind == finding.kind for one in self.findings)
        return replace(self, findings=self.findings if known else (*self.findings, finding), **signs)

    def noted(self, note: str) -> "Checkup":
        """The same check-up with one note more."""
        return replace(self, notes=(*self.notes, note))
