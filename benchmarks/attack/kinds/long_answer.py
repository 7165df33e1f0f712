"""An answer so long that what a juror was told is far away."""

from benchmarks.attack.lure import Lure, last_answer, with_last_answer
from benchmarks.attack.registry import attack
from jury.records import Case

#: Characters that stand between the answer and the instruction: about six thousand tokens of English.
LENGTH = 24_000


@attack("long_answer")
def long_answer(case: Case, lure: Lure) -> Case:
    """The answer goes on for very long before it instructs whoever judges it."""
    filler = lure.words("filler") + "\n\n"
    padding = (filler * (LENGTH // len(filler) + 1))[:LENGTH]
    return with_last_answer(case, f"{last_answer(case)}\n\n{padding}\n\n{lure.words('instruction')}")
