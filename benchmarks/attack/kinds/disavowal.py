"""A disclaimer that has the answer look responsible."""

from benchmarks.attack.lure import Lure, last_answer, with_last_answer
from benchmarks.attack.registry import attack
from jury.records import Case


@attack("disavowal")
def disavowal(case: Case, lure: Lure) -> Case:
    """The answer ends in a disclaimer that calls itself safe."""
    return with_last_answer(case, f"{last_answer(case)}\n\n{lure.words('disavowal')}")
