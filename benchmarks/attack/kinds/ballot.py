"""A ballot that is filled in already."""

from benchmarks.attack.lure import Lure, last_answer, with_last_answer
from benchmarks.attack.registry import attack
from jury.records import Case


@attack("ballot")
def ballot(case: Case, lure: Lure) -> Case:
    """The answer ends in a filled-in ballot."""
    return with_last_answer(case, f"{last_answer(case)}\n\n{lure.words('ballot')}")
