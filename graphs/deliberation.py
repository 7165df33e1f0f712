"""The trial as a state machine: sealed ballots, deliberation, sealed re-ballot, the foreperson's words, a verdict.

    assess ──► count ──► deliberate ──► count … ──► reballot ──► count ──► break_tie ──► summarise ──► conclude
                  └──────────────── settled, or no more rounds ───────────────┘

Jurors speak in parallel; `count` closes the round they spoke in. What a node needs beside the state (models,
prompts, the jury itself) comes in the run's context, never in the state.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import add
from typing import Annotated, Any, Literal, TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime
from langgraph.types import Send

from jury.courtroom import Courtroom, Spoken
from jury.panel import Seat, seating
from jury.records import Ballot, Outcome, Round, Summary, Transcript, Usage, Verdict
from jury.rendering import Peer
from jury.rules import break_tie as broken_tie
from jury.rules import decide, is_settled
from jury.topology import hearing
from jury.usage import at_once, in_turn
from jury.verdicts import verdict_of

Act = Literal["assessment", "deliberation", "reballot"]


class Trial(TypedDict, total=False):
    """The state of one trial. `spoken` grows by every ballot; `rounds` by every round that is closed."""

    transcript: Transcript
    spoken: Annotated[list[Spoken], add]
    rounds: Annotated[list[Round], add]
    usage: Annotated[list[Usage], add]
    next: str
    outcome: Outcome
    tie_break: Ballot | None
    summary: Summary | None
    verdict: Verdict


@dataclass(frozen=True)
class Turn:
    """What one juror is handed when it is their turn."""

    transcript: Transcript
    rounds: list[Round]
    seat: Seat


async def assess(state: Turn, runtime: Runtime[Courtroom]) -> dict[str, Any]:
    """One juror's sealed ballot on the exhibits alone."""
    return {"spoken": [await runtime.context.assess(state.seat, state.transcript)]}


async def deliberate(state: Turn, runtime: Runtime[Courtroom]) -> dict[str, Any]:
    """One juror's position after hearing its neighbours."""
    court, seat, rounds = runtime.context, state.seat, state.rounds
    own, heard = _own_and_heard(court, seat, state.transcript, rounds)
    spoken = await court.deliberate(seat, state.transcript, index=len(rounds), own=own, heard=heard)
    return {"spoken": [spoken]}


async def reballot(state: Turn, runtime: Runtime[Courtroom]) -> dict[str, Any]:
    """One juror's sealed ballot once everything is said."""
    court, seat = runtime.context, state.seat
    own, heard = _own_and_heard(court, seat, state.transcript, state.rounds)
    return {"spoken": [await court.reballot(seat, state.transcript, own=own, heard=heard)]}


async def count(state: Trial, runtime: Runtime[Courtroom]) -> dict[str, Any]:
    """Close the round that was spoken and see what follows from it."""
    court, rounds = runtime.context, state.get("rounds", [])
    act = _act(state.get("next", "assess"))
    spoken = state["spoken"][len(rounds) * len(court.seats) :]
    closed = Round(
        kind=act,
        index=len(rounds),
        ballots=tuple(sorted((one.ballot for one in spoken), key=lambda ballot: ballot.seat)),
        heard={} if act == "assessment" else _heard_by(court, state["transcript"]),
    )
    rounds = [*rounds, closed]
    return {
        "rounds": [closed],
        "usage": [at_once(one.usage for one in spoken)],
        "outcome": _outcome(court, closed),
        "next": _next_step(court, rounds),
    }


async def break_tie(state: Trial, runtime: Runtime[Courtroom]) -> dict[str, Any]:
    """Let the named tie-break decide a hung vote: the positive choice, the foreperson, or an alternate."""
    court, transcript, by = runtime.context, state["transcript"], runtime.context.jury.rule.tie_break
    rubric = court.jury.rubric
    if by == "positive":
        return {"outcome": broken_tie(state["outcome"], rubric.positive, by=by, rubric=rubric), "tie_break": None}
    if by == "alternate":
        spoken = await court.assess(court.alternate, transcript)
    else:
        peers = _peers(court, transcript, state["rounds"][-1].ballots)
        spoken = await court.reballot(court.foreperson, transcript, own=None, heard=peers)
    outcome = broken_tie(state["outcome"], spoken.ballot.choice, by=by, rubric=rubric)
    return {"outcome": outcome, "tie_break": spoken.ballot, "usage": [spoken.usage]}


async def summarise(state: Trial, runtime: Runtime[Courtroom]) -> dict[str, Any]:
    """Let the foreperson put the outcome into words."""
    court, transcript = runtime.context, state["transcript"]
    peers = _peers(court, transcript, state["rounds"][-1].ballots)
    summary, usage = await court.summarise(transcript, peers, state["outcome"])
    return {"summary": summary, "usage": [usage]}


async def conclude(state: Trial, runtime: Runtime[Courtroom]) -> dict[str, Any]:
    """Write the verdict."""
    court, rounds = runtime.context, state["rounds"]
    verdict = verdict_of(
        state["transcript"],
        court.jury,
        rounds,
        before=_outcome(court, rounds[0]),
        outcome=state["outcome"],
        usage=in_turn(state["usage"]),
        summary=state.get("summary"),
        tie_break=state.get("tie_break"),
    )
    return {"verdict": verdict}


def build() -> "StateGraph[Trial, Courtroom, Trial, Trial]":
    """The state machine of every protocol; what differs between protocols is data in the context."""
    graph = StateGraph(Trial, context_schema=Courtroom)
    graph.add_node("assess", assess, input_schema=Turn)
    graph.add_node("deliberate", deliberate, input_schema=Turn)
    graph.add_node("reballot", reballot, input_schema=Turn)
    graph.add_node("count", count)
    graph.add_node("break_tie", break_tie)
    graph.add_node("summarise", summarise)
    graph.add_node("conclude", conclude)
    graph.add_conditional_edges(START, _seat_everybody, ["assess"])
    for speech in ("assess", "deliberate", "reballot"):
        graph.add_edge(speech, "count")
    graph.add_conditional_edges("count", _after_count, ["deliberate", "reballot", "break_tie", "summarise", "conclude"])
    graph.add_conditional_edges("break_tie", _after_tie_break, ["summarise", "conclude"])
    graph.add_edge("summarise", "conclude")
    graph.add_edge("conclude", END)
    return graph


def _seat_everybody(state: Trial, runtime: Runtime[Courtroom]) -> list[Send]:
    return _turns("assess", state, runtime.context)


def _after_count(state: Trial, runtime: Runtime[Courtroom]) -> str | list[Send]:
    step = state["next"]
    if step != "close":
        return _turns(step, state, runtime.context)
    if state["outcome"].state == "hung" and runtime.context.jury.rule.tie_break != "none":
        return "break_tie"
    return _after_tie_break(state, runtime)


def _after_tie_break(_: Trial, runtime: Runtime[Courtroom]) -> str:
    return "summarise" if runtime.context.jury.protocol.summary else "conclude"


def _turns(act: str, state: Trial, court: Courtroom) -> list[Send]:
    rounds = state.get("rounds", [])
    return [Send(act, Turn(transcript=state["transcript"], rounds=rounds, seat=seat)) for seat in court.seats]


def _next_step(court: Courtroom, rounds: list[Round]) -> str:
    """What follows a closed round: `deliberate`, `reballot`, or `close`."""
    protocol, last = court.jury.protocol, rounds[-1]
    held = len(rounds) - 1
    settled = protocol.settled is not None and is_settled(
        last.ballots, seats=len(court.seats), share=protocol.settled, rubric=court.jury.rubric
    )
    if last.kind == "reballot" or (last.kind == "assessment" and settled):
        return "close"
    if held < protocol.rounds and not settled:
        return "deliberate"
    return "reballot" if held and protocol.reballot == "sealed" else "close"


def _act(step: str) -> Act:
    acts: dict[str, Act] = {"assess": "assessment", "deliberate": "deliberation", "reballot": "reballot"}
    return acts[step]


def _outcome(court: Courtroom, closed: Round) -> Outcome:
    jury = court.jury
    return decide(closed.ballots, seats=len(court.seats), rule=jury.rule, rubric=jury.rubric)


def _heard_by(court: Courtroom, transcript: Transcript) -> dict[str, tuple[str, ...]]:
    circle = tuple(seat.id for seat in seating(court.seats, transcript.exhibits_hash))
    return hearing(court.jury.protocol.topology, circle)


def _own_and_heard(
    court: Courtroom, seat: Seat, transcript: Transcript, rounds: list[Round]
) -> tuple[Ballot, list[Peer]]:
    last = {ballot.seat: ballot for ballot in rounds[-1].ballots}
    neighbours = set(_heard_by(court, transcript)[seat.id])
    shown = [last[other] for other in last if other in neighbours]
    return last[seat.id], _peers(court, transcript, shown)


def _peers(court: Courtroom, transcript: Transcript, ballots: Iterable[Ballot]) -> list[Peer]:
    """Ballots with what their jurors are called: letters around the table, with their roles unless anonymous."""
    circle = seating(court.seats, transcript.exhibits_hash)
    labels = {}
    for place, seat in enumerate(circle):
        letter = chr(ord("A") + place) if place < 26 else str(place + 1)
        labels[seat.id] = letter if court.jury.protocol.anonymous else f"{letter} ({seat.juror.role})"
    by_seat = {ballot.seat: ballot for ballot in ballots}
    return [Peer(labels[seat.id], by_seat[seat.id]) for seat in circle if seat.id in by_seat]


#: The compiled state machine: `ainvoke({"transcript": …}, context=Courtroom(…))` ends with a `verdict`.
graph = build().compile()
