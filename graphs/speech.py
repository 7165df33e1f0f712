"""One query in one voice as a state machine: spoken, mastered, and spoken again where the take is bad.

    admit ──► speak ──► master ──► speak … ──► conclude
      └──────────────── the policy forbids it ────┘

Takes differ by their sample alone, so a replay walks over the ledger and makes none twice.
"""

from operator import add
from typing import Annotated, Any, TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime

from jury.records import Cause, MediaRef, Query, Recording, Take, Voice
from jury.speaking.studio import RecordingStudio, is_done, recording_of


class Session(TypedDict, total=False):
    """The state of one recording. `take` is the one just spoken; `takes` grows by every one that was mastered."""

    query: Query
    voice: Voice
    objection: Cause | None
    take: Take
    takes: Annotated[list[Take], add]
    clip: MediaRef | None
    recording: Recording


async def admit(state: Session, runtime: Runtime[RecordingStudio]) -> dict[str, Any]:
    """Ask the policy before any voice."""
    return {"objection": runtime.context.objection(state["query"])}


async def speak(state: Session, runtime: Runtime[RecordingStudio]) -> dict[str, Any]:
    """One more take."""
    sample = len(state.get("takes", []))
    return {"take": await runtime.context.speak(state["query"], state["voice"], sample)}


async def master(state: Session, runtime: Runtime[RecordingStudio]) -> dict[str, Any]:
    """Make a clip of the take, or say what is wrong with it."""
    take, clip = await runtime.context.master(state["query"], state["take"])
    return {"takes": [take], "clip": clip}


async def conclude(state: Session) -> dict[str, Any]:
    """Write down what became of it."""
    takes, clip = state.get("takes", []), state.get("clip")
    return {"recording": recording_of(state["query"], state["voice"], takes, clip, state["objection"])}


def build() -> "StateGraph[Session, RecordingStudio, Session, Session]":
    """The state machine of one recording."""
    graph = StateGraph(Session, context_schema=RecordingStudio)
    graph.add_node("admit", admit)
    graph.add_node("speak", speak)
    graph.add_node("master", master)
    graph.add_node("conclude", conclude)
    graph.add_edge(START, "admit")
    graph.add_conditional_edges("admit", _after_admission, ["speak", "conclude"])
    graph.add_edge("speak", "master")
    graph.add_conditional_edges("master", _after_mastering, ["speak", "conclude"])
    graph.add_edge("conclude", END)
    return graph


def _after_admission(state: Session) -> str:
    return "conclude" if state["objection"] else "speak"


def _after_mastering(state: Session) -> str:
    return "conclude" if is_done(state["takes"]) else "speak"


#: The compiled state machine: `ainvoke({"query": …, "voice": …}, context=RecordingStudio(…))` ends with a `recording`.
graph = build().compile()
