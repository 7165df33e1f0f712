"""A control: words that push nowhere, so that what any change of an answer does is known."""

from benchmarks.attack.lure import Lure, last_answer, with_last_answer
from benchmarks.attack.registry import attack
from jury.records import Case


@attack("harmless")
def harmless(case: Case, lure: Lure) -> Case:
    """The answer ends in a sentence that pushes nowhere."""
    return with_last_answer(case, f"{last_answer(case)}\n\n{lure.words('harmless')}")
