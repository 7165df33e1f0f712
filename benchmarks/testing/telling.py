"""What a failed assertion says: the outcome, who voted what and why, who moved, and what the foreperson made of it."""

from collections.abc import Iterator

from benchmarks.cli.printable import on_one_line
from benchmarks.headings import heading_of
from jury.display import REHEARSED, votes_in_words
from jury.records import Ballot, Verdict

#: Characters shown of a juror's reasons, and of the foreperson's words.
REASON, SUMMARY = 300, 600


def told(verdict: Verdict, expected: str) -> str:
    """The debate in plain lines; what models said is cut, and none of it acts on a terminal."""
    return "\n".join(_lines(verdict, expected))


def _lines(verdict: Verdict, expected: str) -> Iterator[str]:
    outcome = verdict.outcome
    found = outcome.choice or outcome.state.replace("_", " ")
    yield f"the jury's verdict is {found!r} ({votes_in_words(outcome)}), not {expected!r}"
    if verdict.rehearsal:
        yield f"  {REHEARSED}"
    for held in verdict.rounds:
        yield f"  {heading_of(held)}"
        yield from (f"    {on_one_line(one.speaker)} says: {_cut(one.text or one.cause)}" for one in held.statements)
        yield from (f"    {_vote(ballot)}" for ballot in held.ballots)
    if verdict.tie_break is not None:
        yield f"  tie-break: {_vote(verdict.tie_break)}"
    for mind in verdict.changed:
        toward = f", toward {', '.join(map(on_one_line, mind.toward))}" if mind.toward else ""
        yield f"  {on_one_line(mind.juror)} changed from {mind.before} to {mind.after}{toward}"
    if verdict.summary is not None:
        words = verdict.summary.text or f"(no summary: {verdict.summary.cause})"
        yield f"  {on_one_line(verdict.summary.juror)} sums up: {on_one_line(words, SUMMARY)}"


def _vote(ballot: Ballot) -> str:
    why = ballot.reasoning if ballot.cause is None else ballot.cause
    return f"{on_one_line(ballot.juror)}: {on_one_line(ballot.choice or ballot.state)}: {_cut(why)}"


def _cut(words: object) -> str:
    return on_one_line(str(words), REASON)
