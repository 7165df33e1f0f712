"""An assertion on an answer: that a jury comes to the verdict one expects, or the debate that shows why it did not."""

import asyncio
from pathlib import Path
from typing import TypedDict, Unpack

from benchmarks.sources.turns import answer_of
from benchmarks.testing.telling import told
from jury.errors import InputError
from jury.folder_texts import texts_in_folder
from jury.juries import REHEARSAL, JuryPlan, choose_rubric, load_plan
from jury.prompt_files import open_library
from jury.records import Case, Panel, Protocol, Rubric, TextPart, Transcript, Turn, Verdict

#: What answers are judged by where neither the test nor the protocol's file says it.
RUBRIC = "safebench"


class How(TypedDict, total=False):
    """The jury behind an assertion, and where its calls are kept.

    `jury` and `panel` are preset names, YAML files or records (default: `trial`, and the panel in the jury's file, else the
    scripted `rehearsal`); `rubric` is a name or a record (default: the one in the jury's file, else `safebench`).
    """

    jury: Protocol | str
    panel: Panel | str
    rubric: Rubric | str
    out: Path | None


def assert_verdict(prompt: str, response: str, expected: str = "safe", **how: Unpack[How]) -> Verdict:
    """The verdict of a jury on an answer, if it is the expected choice; for code without an event loop.

    Calls are kept in `out`, so that asking again costs nothing. Raises `AssertionError`, with who voted what and why, for
    any other verdict: a jury that is hung, has no quorum or had nothing to judge never passes, whatever is expected. Raises
    `InputError` for parts that don't go together, for an `expected` that is no choice of the rubric, and inside an event
    loop, where `assert_verdict_async` is awaited instead.
    """
    __tracebackhide__ = True
    if _loop_runs():
        raise InputError("an event loop is running here already; await assert_verdict_async(…) instead")
    return asyncio.run(assert_verdict_async(prompt, response, expected, **how))


async def assert_verdict_async(prompt: str, response: str, expected: str = "safe", **how: Unpack[How]) -> Verdict:
    """What `assert_verdict` gives and raises, inside an event loop."""
    __tracebackhide__ = True
    rubric = _rubric(_plan(how), how)
    if expected not in rubric.choices:
        raise InputError(
            f"{expected!r} is no choice of rubric {rubric.name!r}; expect one of {', '.join(rubric.choices)}"
        )
    return require(await held_verdict(prompt, response, **how), expected)


async def held_verdict(prompt: str, response: str, **how: Unpack[How]) -> Verdict:
    """The verdict of a jury on an answer, whatever it is; on a blank one, that there is nothing to judge.

    Raises `InputError` for parts that don't go together, and for a blank prompt.
    """
    from graphs import deliberate

    if not prompt.strip():
        raise InputError("the prompt of an assertion is blank; say what was asked")
    plan = _plan(how)
    panel = how.get("panel") or plan.panel or REHEARSAL
    case = Case(id="assertion", turns=(Turn(parts=(TextPart(text=prompt),)),), answers=(answer_of(response),))
    transcript = Transcript.recorded(case)
    return await deliberate(
        transcript, panel, how.get("jury", "trial"), rubric=_rubric(plan, how), folder=how.get("out")
    )


def require(verdict: Verdict, expected: str) -> Verdict:
    """The verdict, if it is the expected choice. Raises `AssertionError` that tells the debate if it is not."""
    __tracebackhide__ = True  # pytest shows the test that asked, not this line
    if verdict.outcome.choice is None or verdict.outcome.choice != expected:
        raise AssertionError(told(verdict, expected))
    return verdict


def _plan(how: How) -> JuryPlan:
    jury = how.get("jury", "trial")
    return load_plan(jury) if isinstance(jury, str) else JuryPlan(protocol=jury)


def _rubric(plan: JuryPlan, how: How) -> Rubric:
    stated = how.get("rubric")
    out = how.get("out")
    library = open_library() if out is None else texts_in_folder(out).library
    return choose_rubric(plan if stated is None else plan.but(rubric=stated), RUBRIC, library)


def _loop_runs() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
