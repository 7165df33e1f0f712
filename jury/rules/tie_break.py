"""Tie-breaks: explicit, named, and recorded as what they are. They touch hung outcomes only."""

from jury.records import Outcome, Rubric


def tied_choices(outcome: Outcome, rubric: Rubric) -> tuple[str, ...]:
    """The choices that lead a hung vote: the only ones a tie-break may pick."""
    most = max(outcome.tally.values(), default=0)
    return tuple(choice for choice in rubric.choices if outcome.tally.get(choice, 0) == most)


def break_tie(outcome: Outcome, choice: str | None, *, by: str, rubric: Rubric) -> Outcome:
    """The outcome decided for `choice`, recorded as `tie_break:<by>`.

    Unchanged unless the outcome is hung and the choice leads the vote.
    """
    if outcome.state != "hung" or choice is None or choice not in tied_choices(outcome, rubric):
        return outcome
    return outcome.but(state="decided", choice=choice, decided_by=f"tie_break:{by}")
