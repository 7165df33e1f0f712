"""What may end a deliberation, by name. A stop is one pure function from how a trial stands to yes or no."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jury.records import Jury, Round, Usage
from jury.registry import Registry


@dataclass(frozen=True)
class Standing:
    """How a trial stands once a round is closed; `usage` is what its calls cost so far."""

    jury: Jury
    seats: int
    rounds: Sequence[Round]
    usage: Usage

    @property
    def last(self) -> Round:
        """The round closed last."""
        return self.rounds[-1]


#: From how a trial stands, and the stop's own arguments by keyword, to whether deliberation ends.
Stop = Callable[..., bool]

STOPS: Registry[Stop] = Registry("stop")
