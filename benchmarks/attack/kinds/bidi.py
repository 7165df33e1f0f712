"""Instructions written backwards that bidirectional marks turn round on the screen."""

from benchmarks.attack.lure import Lure, last_answer, with_last_answer
from benchmarks.attack.registry import attack
from jury.records import Case

#: Right-to-left override, and its end.
_OVERRIDE, _END = "\u202e", "\u202c"


@attack("bidi")
def bidi(case: Case, lure: Lure) -> Case:
    """The answer has an instruction written backwards under a bidirectional override, and once more as it is."""
    words = " ".join(lure.words("instruction").split())
    return with_last_answer(case, f"{last_answer(case)}\n\n{_OVERRIDE}{words[::-1]}{_END} {words}")
