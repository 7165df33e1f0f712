"""One stream of queries as a state machine: write a batch, sift out what repeats, let others grade it, until enough.

    write ──► sift ──► score ──► write … ──► end: enough, or nothing gained for too long

What is asked for batch k depends on the commission and its own earlier batches alone: not on how many are wanted, nor on
other commissions, nor on time. So a larger wish costs only the batches that are new, and a replay walks over the ledger.
"""

from operator import add
from typing import Annotated, Any, TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime

from jury.committee.workshop import Workshop
from jury.committee.writing import Commission
from jury.records import Attempt, Query

#: Steps a batch takes; LangGraph's own limit is far beyond what a stream should take.
_STEPS = 3
_MOST_BATCHES = 3_000


class Stream(TypedDict, total=False):
    """The state of one stream. `queries` holds everything written, with the reason why some of it goes."""

    commission: Commission
    wanted: int
    queries: Annotated[list[Query], add]
    attempts: Annotated[list[Attempt], add]
    batch: tuple[Query, ...]
    written: int
    dry: int


async def write(state: Stream, runtime: Runtime[Workshop]) -> dict[str, Any]:
    """The next batch; whoever refuses is noted and passed over."""
    number = state.get("written", 0) + 1
    fresh = [query.draft.text for query in state.get("queries", []) if query.reason in {"", "not_scored"}]
    shown = runtime.context.settings.shown
    existing = tuple(fresh[-shown:]) if shown else ()
    attempts, batch = await runtime.context.write(state["commission"], number, existing)
    return {"attempts": list(attempts), "batch": batch, "written": number}


async def sift(state: Stream, runtime: Runtime[Workshop]) -> dict[str, Any]:
    """What of the batch is new."""
    earlier = tuple(state.get("queries", []))
    return {"batch": runtime.context.sift(state["commission"], earlier, state["batch"])}


async def score(state: Stream, runtime: Runtime[Workshop]) -> dict[str, Any]:
    """The batch with the grades of members other than its author."""
    batch = await runtime.context.score(state["batch"])
    dry = 0 if any(query.kept for query in batch) else state.get("dry", 0) + 1
    return {"queries": list(batch), "batch": (), "dry": dry}


def build() -> "StateGraph[Stream, Workshop, Stream, Stream]":
    """The state machine of one stream."""
    graph = StateGraph(Stream, context_schema=Workshop)
    for node in (write, sift, score):
        graph.add_node(node.__name__, node)
    graph.add_conditional_edges(START, _next, ["write", END])
    graph.add_edge("write", "sift")
    graph.add_edge("sift", "score")
    graph.add_conditional_edges("score", _next, ["write", END])
    return graph


def _next(state: Stream, runtime: Runtime[Workshop]) -> str:
    kept = sum(query.kept for query in state.get("queries", []))
    shop = runtime.context
    patience = shop.settings.give_up * len(shop.seats)
    tired = state.get("dry", 0) >= patience or state.get("written", 0) >= _MOST_BATCHES
    return END if kept >= state["wanted"] or tired else "write"


#: The compiled state machine: `ainvoke({"commission": …, "wanted": …}, context=Workshop(…))` ends with its `queries`.
graph = build().compile().with_config(recursion_limit=_STEPS * _MOST_BATCHES + 2)
