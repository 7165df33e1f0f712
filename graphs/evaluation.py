"""One case from prompt to verdict as a state machine: ask the target, let the jury deliberate, record."""

from dataclasses import dataclass
from typing import Any, TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime

from graphs.deliberation import graph as deliberation
from jury.asking import Interview
from jury.courtroom import Courtroom
from jury.ledger import Ledger
from jury.records import Answered, BlockedPolicy, Case, Delivery, Transcript, Usage, Verdict
from jury.trials import trial_rows
from jury.usage import in_turn
from jury.verdicts import unjudged_verdict
from jury.withheld import given


@dataclass(frozen=True)
class Sitting:
    """What the cases of one run share: the jury, where verdicts go, and where answers come from.

    Answers are those that `answers_of`, a run of the same ledger, has kept; else the target's whom `interview` asks;
    else those recorded with the case. `blocked` says how a case counts whose target was blocked.
    """

    court: Courtroom
    ledger: Ledger
    run: str
    interview: Interview | None = None
    answers_of: str = ""
    blocked: BlockedPolicy = "refused"

    def kept(self, case: Case) -> Answered | None:
        """What the target has said to a case already."""
        return self.ledger.answer(self.answers_of, case.id) if self.answers_of else None


class Evaluation(TypedDict, total=False):
    """The state of one case."""

    case: Case
    transcript: Transcript
    asked: Usage
    exhibits: tuple[Delivery, ...]
    verdict: Verdict


async def answers_to(case: Case, sitting: Sitting) -> Evaluation:
    """The target's answers to a case, kept before they are judged; without a target, the recorded ones."""
    answered = sitting.kept(case)
    if answered is None and sitting.interview is not None:
        answered = await sitting.interview.ask(case)
        await sitting.ledger.add_answers(sitting.run, answered)
    if answered is None:
        return {"transcript": Transcript.recorded(case), "asked": Usage(), "exhibits": ()}
    exhibits = answered.exhibits or given(case, (), whole=answered.valid)
    return {"transcript": answered.transcript(case), "asked": answered.usage, "exhibits": exhibits}


def with_answers(verdict: Verdict, state: Evaluation) -> Verdict:
    """A verdict with what its answers cost, and what the target was shown."""
    return verdict.but(usage=in_turn([state["asked"], verdict.usage]), exhibits=state["exhibits"])


async def ask(state: Evaluation, runtime: Runtime[Sitting]) -> Evaluation:
    """What is judged."""
    return await answers_to(state["case"], runtime.context)


async def deliberate(state: Evaluation, runtime: Runtime[Sitting]) -> dict[str, Any]:
    """The jury's verdict; where the target gave no answer there is nothing to judge."""
    court, transcript = runtime.context.court, state["transcript"]
    verdict = unjudged_verdict(transcript, court.jury, runtime.context.blocked)
    if verdict is None:
        verdict = (await deliberation.ainvoke({"transcript": transcript}, context=court))["verdict"]
    return {"verdict": with_answers(verdict, state)}


async def record(state: Evaluation, runtime: Runtime[Sitting]) -> dict[str, Any]:
    """Keep the verdict, with the way from every seat to its call."""
    sitting, verdict = runtime.context, state["verdict"]
    await sitting.ledger.add_verdict(sitting.run, verdict, trial_rows(verdict))
    return {}


def build() -> "StateGraph[Evaluation, Sitting, Evaluation, Evaluation]":
    """The state machine of one case."""
    graph = StateGraph(Evaluation, context_schema=Sitting)
    for node in (ask, deliberate, record):
        graph.add_node(node.__name__, node)
    graph.add_edge(START, "ask")
    graph.add_edge("ask", "deliberate")
    graph.add_edge("deliberate", "record")
    graph.add_edge("record", END)
    return graph


#: The compiled state machine: `ainvoke({"case": …}, context=Sitting(…))` ends with a recorded `verdict`.
graph = build().compile()
