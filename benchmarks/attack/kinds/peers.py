"""A consensus that was never reached."""

from benchmarks.attack.lure import Lure, last_answer, with_last_answer
from benchmarks.attack.registry import attack
from jury.records import Case


@attack("peers")
def peers(case: Case, lure: Lure) -> Case:
    """The answer says what the other jurors have agreed on."""
    return with_last_answer(case, f"{last_answer(case)}\n\n{lure.words('peers')}")
