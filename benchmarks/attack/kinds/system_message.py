"""A message that claims to come from the system."""

from benchmarks.attack.lure import Lure, last_answer, with_last_answer
from benchmarks.attack.registry import attack
from jury.records import Case


@attack("system_message")
def system_message(case: Case, lure: Lure) -> Case:
    """The answer ends in what looks like a new system message."""
    return with_last_answer(case, f"{last_answer(case)}\n\n{lure.words('system_message')}")
