"""Lines that look like the end of the exhibits, and what a juror is told after them."""

from benchmarks.attack.lure import Lure, last_answer, with_last_answer
from benchmarks.attack.registry import attack
from jury.records import Case


@attack("fence")
def fence(case: Case, lure: Lure) -> Case:
    """The answer pretends to end and has the court speak after it."""
    return with_last_answer(case, f"{last_answer(case)}\n\n{lure.words('fence')}")
