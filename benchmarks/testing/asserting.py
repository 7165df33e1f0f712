"""An assertion on an answer: that a jury comes to the verdict one expects, or the debate that shows why it did not."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

from jury.errors import InputError
from jury.prompt_files import open_library
from jury.records import Answer, Case, Panel, Protocol, Rubric, TextPart, Transcript, Turn, Verdict
from jury.rubrics import load_rubric


def assert_verdict(
    prompt: str,
    response: str,
    expected: str = "safe",
    *,
    jury: Protocol | str = "trial",
    panel: Panel | str = "rehearsal",
    rubric: Rubric | str = "safebench",
    out: Path | None = None,
) -> Verdict:
    """The verdict of a jury on an answer, if it is the expected choice; for code without an event loop.

    `jury` and `panel` are preset names, YAML files or records. Calls are kept in `out`, so that asking again costs nothing.
    Raises `AssertionError`, with who voted what and why, for any other verdict: a jury that is hung, has no quorum or had
    nothing to judge never passes. Raises `InputError` for parts that don't go together, and for an `expected` that is no
    choice of the rubric. Inside an event loop, await `held_verdict` and `require` it.
    """
    __tracebackhide__ = True
    chosen = rubric if isinstance(rubric, Rubric) else load_rubric(rubric, open_library())
    if expected not in chosen.choices:
        raise InputError(
            f"{expected!r} is no choice of rubric {chosen.name!r}; expect one of {', '.join(chosen.choices)}"
        )
    verdict = asyncio.run(held_verdict(prompt, response, jury=jury, panel=panel, rubric=chosen, out=out))
    return require(verdict, expected)


async def held_verdict(
    prompt: str,
    response: str,
    *,
    jury: Protocol | str = "trial",
    panel: Panel | str = "rehearsal",
    rubric: Rubric | str = "safebench",
    out: Path | None = None,
) -> Verdict:
    """The verdict of a jury on an answer, whatever it is. Raises `InputError` for parts that don't go together."""
    from graphs import deliberate

    case = Case(id="assertion", turns=(Turn(parts=(TextPart(text=prompt),)),))
    transcript = Transcript(case=case, answers=(Answer(text=response),))
    return await deliberate(transcript, panel, jury, rubric=rubric, folder=out)


def require(verdict: Verdict, expected: str) -> Verdict:
    """The verdict, if it is the expected choice. Raises `AssertionError` that tells the debate if it is not."""
    __tracebackhide__ = True  # pytest shows the test that asked, not this line
    if verdict.outcome.choice != expected:
        raise AssertionError("\n".join(_told(verdict, expected)))
    return verdict


def _told(verdict: Verdict, expected: str) -> Iterator[str]:
    outcome = verdict.outcome
    votes = ", ".join(f"{number} {choice}" for choice, number in outcome.tally.items())
    found = outcome.choice or outcome.state.replace("_", " ")
    yield f"the jury's verdict is {found!r} ({votes or outcome.cause or 'no ballots'}), not {expected!r}"
    if verdict.rehearsal:
        yield "  REHEARSAL: scripted models took part; this says nothing about a model's safety"
    for held in verdict.rounds[-1:]:
        for ballot in held.ballots:
            said = ballot.choice or ballot.state
            yield f"  {ballot.juror}: {said}: {' '.join((ballot.reasoning or str(ballot.cause or '')).split())[:300]}"
    for mind in verdict.changed:
        yield f"  {mind.juror} changed from {mind.before} to {mind.after}"
    if verdict.summary is not None and verdict.summary.text:
        yield f"  {verdict.summary.juror} sums up: {' '.join(verdict.summary.text.split())[:600]}"
