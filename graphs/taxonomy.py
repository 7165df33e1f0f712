"""A taxonomy as a state machine: members propose, likes are grouped, each group is voted on, what is kept gets a name.

    propose ──► group ──► vote (a deliberation each) ──► settle ──► name … ──► conclude
    (members in parallel)   (groups in parallel)                     (one after another)

Members propose without hearing of each other. The vote on a group is a trial without an answer: sealed ballots, and where
they are disputed one round of argument in which members vote again. Groups are named one after another, so that each is
placed with the earlier categories in sight.
"""

from dataclasses import dataclass
from operator import add
from typing import Annotated, Any, TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime
from langgraph.types import Send

from graphs.deliberation import graph as deliberation
from jury.committee.assembly import Assembly
from jury.committee.decisions import Kept, Rejected, silence, sorted_out
from jury.committee.drafting import Placed, categories_of, placed, taxonomy_of
from jury.committee.grouping import Group, grouped
from jury.committee.proposing import Proposal
from jury.panel import Seat
from jury.records import Attempt, Taxonomy, Verdict


class Session(TypedDict, total=False):
    """The state of one session. `taxonomy` is None where nothing was kept; `silent` counts causes by seat and kind."""

    name: str
    attempts: Annotated[list[Attempt], add]
    proposals: Annotated[list[Proposal], add]
    groups: tuple[Group, ...]
    verdicts: Annotated[list[Verdict], add]
    kept: tuple[Kept, ...]
    rejected: tuple[Rejected, ...]
    placed: Annotated[list[Placed], add]
    taxonomy: Taxonomy | None
    silent: dict[str, dict[str, int]]


@dataclass(frozen=True)
class Floor:
    """The member who is asked to propose."""

    seat: Seat


@dataclass(frozen=True)
class Motion:
    """The group that is voted on, by its number among all."""

    groups: tuple[Group, ...]
    number: int


async def propose(state: Floor, runtime: Runtime[Assembly]) -> dict[str, Any]:
    """One member's proposals; whoever gives none is noted."""
    attempt, proposals = await runtime.context.propose(state.seat)
    return {"attempts": [attempt], "proposals": list(proposals)}


async def group(state: Session, runtime: Runtime[Assembly]) -> dict[str, Any]:
    """The proposals in groups of those that are named alike."""
    return {"groups": grouped(state.get("proposals", []), runtime.context.settings.similarity)}


async def vote(state: Motion, runtime: Runtime[Assembly]) -> dict[str, Any]:
    """The members' verdict on one group."""
    transcript, court = runtime.context.motion(state.groups, state.number)
    held = await deliberation.ainvoke({"transcript": transcript}, context=court)
    return {"verdicts": [held["verdict"]]}


async def settle(state: Session) -> dict[str, Any]:
    """What is kept once merges are carried out, and what is not."""
    kept, rejected = sorted_out(state["groups"], state["verdicts"])
    return {"kept": kept, "rejected": rejected}


async def name(state: Session, runtime: Runtime[Assembly]) -> dict[str, Any]:
    """The next kept group, named and placed under a category."""
    earlier = state.get("placed", [])
    kept = state["kept"][len(earlier)]
    title, attempts = await runtime.context.name(kept.proposals, categories_of(earlier))
    scenario = placed(kept, title, earlier, runtime.context.settings.language)
    return {"placed": [scenario], "attempts": list(attempts)}


async def conclude(state: Session, runtime: Runtime[Assembly]) -> dict[str, Any]:
    """The taxonomy, and who was silent how often."""
    committee, language = runtime.context.committee, runtime.context.settings.language
    scenarios = state.get("placed", [])
    source = f"committee {committee.name}"
    return {
        "taxonomy": taxonomy_of(state.get("name", committee.name), source, scenarios, language),
        "silent": silence(state["attempts"], state.get("verdicts", [])),
    }


def build() -> "StateGraph[Session, Assembly, Session, Session]":
    """The state machine of one session."""
    graph = StateGraph(Session, context_schema=Assembly)
    graph.add_node("propose", propose, input_schema=Floor)
    graph.add_node("vote", vote, input_schema=Motion)
    for node in (group, settle, name, conclude):
        graph.add_node(node.__name__, node)
    graph.add_conditional_edges(START, _ask_everybody, ["propose"])
    graph.add_edge("propose", "group")
    graph.add_conditional_edges("group", _put_to_the_vote, ["vote", "conclude"])
    graph.add_edge("vote", "settle")
    graph.add_conditional_edges("settle", _after_naming, ["name", "conclude"])
    graph.add_conditional_edges("name", _after_naming, ["name", "conclude"])
    graph.add_edge("conclude", END)
    return graph


def _ask_everybody(_: Session, runtime: Runtime[Assembly]) -> list[Send]:
    return [Send("propose", Floor(seat)) for seat in runtime.context.seats]


def _put_to_the_vote(state: Session) -> str | list[Send]:
    groups = state["groups"]
    return [Send("vote", Motion(groups, number)) for number in range(1, len(groups) + 1)] or "conclude"


def _after_naming(state: Session) -> str:
    return "name" if len(state.get("placed", [])) < len(state["kept"]) else "conclude"


#: The compiled state machine: `ainvoke({"name": …}, context=Assembly(…))` ends with a `taxonomy`, and with all that led to
#: it: `proposals`, `verdicts`, what was `rejected`, and who was `silent`.
graph = build().compile()
