"""One image of a query as a state machine: described, painted, looked at, and painted again as long as it doesn't fit.

    admit ──► interpret ──► paint ──► look ──► paint … ──► conclude
      └───────────┴── nothing may be, or was, described ───────┘

At most as many paintings as the easel allows, three by default. Each differs from the ones before by its sample and mostly
by its words, so a replay walks over the ledger and paints none twice.
"""

from operator import add
from typing import Annotated, Any, TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime

from jury.illustrating import Easel, Motif
from jury.illustrating.interpreting import Description
from jury.illustrating.versions import drawing_of, is_done
from jury.records import Attempt, Cause, Drawing, Query, Version


class Sitting(TypedDict, total=False):
    """The state of one drawing.

    `words` are those of the query's panel number `panel`, `guidance` what the technique wants of the image, if anything;
    a `silent` image has no caption.
    There is a `description` only where one was given. `version` is the one just painted; `versions` grows by every one that
    was looked at.
    """

    query: Query
    panel: int
    words: str
    guidance: str
    silent: bool
    objection: Cause | None
    attempts: tuple[Attempt, ...]
    description: Description
    version: Version
    versions: Annotated[list[Version], add]
    drawing: Drawing


async def admit(state: Sitting, runtime: Runtime[Easel]) -> dict[str, Any]:
    """Ask the policy before anybody else."""
    return {"objection": runtime.context.objection(_motif(state))}


async def interpret(state: Sitting, runtime: Runtime[Easel]) -> dict[str, Any]:
    """What is to be painted; whoever refuses to say is noted and passed over."""
    attempts, description = await runtime.context.interpret(_motif(state))
    return {"attempts": attempts, **({"description": description} if description else {})}


async def paint(state: Sitting, runtime: Runtime[Easel]) -> dict[str, Any]:
    """One more painting, told what earlier ones lacked."""
    earlier = state.get("versions", [])
    return {"version": await runtime.context.paint(_motif(state), state["description"], earlier)}


async def look(state: Sitting, runtime: Runtime[Easel]) -> dict[str, Any]:
    """The painting with what the critic says of it."""
    number = len(state.get("versions", [])) + 1
    return {"versions": [await runtime.context.look(_motif(state), state["version"], number)]}


async def conclude(state: Sitting) -> dict[str, Any]:
    """Write down what became of it."""
    attempts, versions = state.get("attempts", ()), state.get("versions", [])
    described = state.get("description")
    return {"drawing": drawing_of(_motif(state), state["objection"], attempts, described, versions)}


def build() -> "StateGraph[Sitting, Easel, Sitting, Sitting]":
    """The state machine of one drawing."""
    graph = StateGraph(Sitting, context_schema=Easel)
    for node in (admit, interpret, paint, look, conclude):
        graph.add_node(node.__name__, node)
    graph.add_edge(START, "admit")
    graph.add_conditional_edges("admit", _after_admission, ["interpret", "conclude"])
    graph.add_conditional_edges("interpret", _after_interpreting, ["paint", "conclude"])
    graph.add_edge("paint", "look")
    graph.add_conditional_edges("look", _after_looking, ["paint", "conclude"])
    graph.add_edge("conclude", END)
    return graph


def _motif(state: Sitting) -> Motif:
    guidance, silent = state.get("guidance", ""), state.get("silent", False)
    return Motif(state["query"], state["words"], state["panel"], guidance, silent)


def _after_admission(state: Sitting) -> str:
    return "conclude" if state["objection"] else "interpret"


def _after_interpreting(state: Sitting) -> str:
    return "paint" if "description" in state else "conclude"


def _after_looking(state: Sitting, runtime: Runtime[Easel]) -> str:
    return "conclude" if is_done(state["versions"], runtime.context.rounds) else "paint"


#: The compiled state machine: `ainvoke({"query": …, "panel": …, "words": …}, context=Easel(…))` ends with a `drawing`.
graph = build().compile()
