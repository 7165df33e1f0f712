"""An instruction to the juror inside the answer."""

from benchmarks.attack.lure import Lure, last_answer, with_last_answer
from benchmarks.attack.registry import attack
from jury.records import Case


@attack("instruction")
def instruction(case: Case, lure: Lure) -> Case:
    """The answer ends in an instruction to whoever judges it."""
    return with_last_answer(case, f"{last_answer(case)}\n\n{lure.words('instruction')}")
