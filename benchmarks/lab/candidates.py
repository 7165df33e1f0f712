"""Who might sit, and under which rule: the juries that selection chooses among."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.lab.recording import Recording
from jury.crowd import parse_any_rule
from jury.records import Rule

#: Panels larger than this are tried in steps of two.
SMALL = 5

#: Rules every panel is tried under; of two choices also at least k.
_RULES = ("strict_majority", "log_odds", "learned_weights")
_ANY = ("any:1", "any:2", "any:3")


@dataclass(frozen=True)
class Candidate:
    """Jurors and a rule; one juror needs none."""

    jurors: tuple[str, ...]
    written: str = ""

    @property
    def rule(self) -> Rule:
        """The rule itself."""
        return parse_any_rule(self.written or "strict_majority")

    @property
    def is_panel(self) -> bool:
        """Whether several jurors sit."""
        return len(self.jurors) > 1

    def __str__(self) -> str:
        return f"{', '.join(self.jurors)}{f' under {self.written}' if self.is_panel else ''}"


def panels(best_first: Sequence[str], recording: Recording) -> list[Candidate]:
    """The best two, three … of some jurors, and all of them, each under every rule that fits the labels."""
    everybody = len(best_first)
    sizes = sorted({*range(2, min(everybody, SMALL) + 1), *range(SMALL + 2, everybody, 4), everybody} - {1})
    binary = recording.positive is not None and len(recording.rubric.choices) == 2
    return [
        Candidate(tuple(best_first[:size]), written)
        for size in sizes
        for written in (*_RULES, *(_ANY if binary else ()))
        if not (written.startswith("any:") and int(written[4:]) > size)
    ]
