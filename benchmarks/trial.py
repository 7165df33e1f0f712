"""One finished case: what was judged, and the verdict."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from jury.asking import kept_answer
from jury.errors import InputError
from jury.records import Answer, Case, Completion, Transcript, Verdict

#: A finished call by its key.
Kept = Callable[[str], Completion]


@dataclass(frozen=True)
class Trial:
    """What was judged, and the verdict; `positives` are the choices on the rubric's positive side, where they are known."""

    transcript: Transcript
    verdict: Verdict
    positives: tuple[str, ...] = ()


def in_step(cases: Iterable[Case], verdicts: Iterable[Verdict]) -> Iterator[tuple[Case, Verdict]]:
    """Each verdict with its case, both in the order of the source. Raises `InputError` where they are in another."""
    waiting = iter(cases)
    for verdict in verdicts:
        case = next((case for case in waiting if case.id == verdict.case_id), None)
        if case is None:
            raise InputError(
                f"the verdict on case {verdict.case_id!r} is out of step with the ledger; jury verify says more"
            )
        yield case, verdict


def answers_to(case: Case, verdict: Verdict, kept: Kept) -> tuple[Answer, ...]:
    """The answers that a verdict was found on: recorded, or as the target gave them."""
    return tuple(kept_answer(kept(key), key) for key in verdict.answers) if verdict.answers else case.answers


def trial_of(case: Case, verdict: Verdict, kept: Kept) -> Trial:
    """The trial of a case: its transcript as the jury was shown it, and the verdict."""
    answers = answers_to(case, verdict, kept)
    return Trial(Transcript(case=case, target=verdict.target or case.target, answers=answers), verdict)
