"""The trial as a state machine: ballots, what is said between them, the foreperson's words, a verdict.

    screen ──► count ──► assess ──► count ──► deliberate ──► count … ──► reballot ──► count ──► break_tie ──►
                  │                   │  └──► hold_forum ──► weigh ──► count …                 summarise ──► conclude
                  └───────────────────┴── sure, settled, stable, or no more rounds ──────────────────┘

Jurors speak in parallel or one after another; `count` closes the round they spoke in, and says what follows
(`jury.course`). What a node needs beside the state (models, prompts, the jury itself) comes in the run's context,
never in the state.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import add
from typing import Annotated, Any, Generic, TypedDict, TypeVar, get_args

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime
from langgraph.types import Send

from jury import course
from jury.course import ROUND_OF, Step
from jury.courtroom import Courtroom, Said, Spoken
from jury.forums import Floor, heard_in, hold
from jury.panel import Seat
from jury.records import Ballot, Outcome, Round, Summary, Transcript, Usage, Verdict
from jury.rules import break_tie as broken_tie
from jury.shown import first_ballots
from jury.stops import Standing
from jury.table import Table
from jury.usage import at_once, in_turn
from jury.verdicts import verdict_of

T = TypeVar("T")


@dataclass(frozen=True)
class Entry(Generic[T]):
    """What was said, and in which round."""

    round: int
    said: T


class Trial(TypedDict, total=False):
    """The state of one trial. `spoken` grows by every ballot, `said` by every statement, `rounds` by every closed round."""

    transcript: Transcript
    spoken: Annotated[list[Entry[Spoken]], add]
    said: Annotated[list[Entry[Said]], add]
    rounds: Annotated[list[Round], add]
    usage: Annotated[list[Usage], add]
    next: Step
    outcome: Outcome
    tie_break: Ballot | None
    summary: Summary | None
    verdict: Verdict


@dataclass(frozen=True)
class Turn:
    """What one juror is handed when it is their turn: the closed rounds, and what was said and voted in this one."""

    transcript: Transcript
    rounds: list[Round]
    seat: Seat
    said: tuple[Said, ...] = ()
    spoken: tuple[Spoken, ...] = ()

    def entry(self, spoken: Spoken) -> dict[str, Any]:
        """The state's update by a juror's ballot."""
        return {"spoken": [Entry(len(self.rounds), spoken)]}

    @property
    def own(self) -> Ballot:
        """The juror's own last ballot."""
        return next(ballot for ballot in self.rounds[-1].ballots if ballot.seat == self.seat.id)


async def screen(state: Turn, runtime: Runtime[Courtroom]) -> dict[str, Any]:
    """The scout's ballot on the exhibits alone."""
    return state.entry(await runtime.context.assess(state.seat, state.transcript))


async def assess(state: Turn, runtime: Runtime[Courtroom]) -> dict[str, Any]:
    """One juror's sealed ballot on the exhibits alone."""
    return state.entry(await runtime.context.assess(state.seat, state.transcript))


async def hold_forum(state: Trial, runtime: Runtime[Courtroom]) -> dict[str, Any]:
    """What is said in the protocol's forum before the jurors vote again."""
    court, rounds = runtime.context, state["rounds"]
    floor = Floor(court, state["transcript"], _table(court, state["transcript"]), rounds)
    said = await hold(floor, court.jury.protocol)
    return {"said": [Entry(len(rounds), one) for one in said], "next": "weigh"}


async def weigh(state: Turn, runtime: Runtime[Courtroom]) -> dict[str, Any]:
    """One juror's ballot after what was said in the forum."""
    court, index = runtime.context, len(state.rounds)
    heard = heard_in(court.jury.protocol, state.rounds, [one.statement for one in state.said])
    return state.entry(await court.weigh(state.seat, state.transcript, index=index, own=state.own, said=heard))


async def deliberate(state: Turn, runtime: Runtime[Courtroom]) -> dict[str, Any]:
    """One juror's position after hearing its neighbours."""
    court, seat, rounds = runtime.context, state.seat, state.rounds
    heard = _table(court, state.transcript).shown(seat, rounds, [spoken.ballot for spoken in state.spoken])
    return state.entry(await court.deliberate(seat, state.transcript, index=len(rounds), own=state.own, heard=heard))


async def reballot(state: Turn, runtime: Runtime[Courtroom]) -> dict[str, Any]:
    """One juror's sealed ballot once everything is said."""
    court, rounds = runtime.context, state.rounds
    if court.jury.protocol.forum is not None:
        heard = heard_in(court.jury.protocol, rounds[:-1], rounds[-1].statements)
        spoken = await court.weigh(state.seat, state.transcript, index=len(rounds), own=state.own, said=heard)
    else:
        peers = _table(court, state.transcript).shown(state.seat, rounds, ())
        spoken = await court.reballot(state.seat, state.transcript, own=state.own, heard=peers)
    return state.entry(spoken)


async def count(state: Trial, runtime: Runtime[Courtroom]) -> dict[str, Any]:
    """Close the round that was spoken, if nobody is left to ask, and see what follows from it."""
    court, step, rounds = runtime.context, _step(state, runtime.context), state.get("rounds", [])
    spoken = [*_carried(court, rounds), *_this_round(state.get("spoken", []), rounds)]
    ballots = [one.ballot for one in spoken]
    if not course.is_over(step, court.jury, ballots, len(court.seats)):
        return {}
    said = _this_round(state.get("said", []), rounds)
    closed = _closed(court, step, state["transcript"], rounds, ballots, said)
    usage = in_turn([*(one.usage for one in said), _usage_of(court, step, spoken[len(_carried(court, rounds)) :])])
    standing = Standing(court.jury, len(court.seats), [*rounds, closed], in_turn([*state.get("usage", []), usage]))
    return {
        "rounds": [closed],
        "usage": [usage],
        "outcome": course.outcome_of(court.jury, closed, len(court.seats)),
        "next": course.next_step(standing),
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
        peers = _table(court, transcript).peers(state["rounds"][-1].ballots)
        spoken = await court.reballot(court.foreperson, transcript, own=None, heard=peers)
    outcome = broken_tie(state["outcome"], spoken.ballot.choice, by=by, rubric=rubric)
    return {"outcome": outcome, "tie_break": spoken.ballot, "usage": [spoken.usage]}


async def summarise(state: Trial, runtime: Runtime[Courtroom]) -> dict[str, Any]:
    """Let the foreperson put the outcome into words."""
    court, transcript = runtime.context, state["transcript"]
    peers = _table(court, transcript).peers(state["rounds"][-1].ballots)
    summary, usage = await court.summarise(transcript, peers, state["outcome"])
    return {"summary": summary, "usage": [usage]}


async def conclude(state: Trial, runtime: Runtime[Courtroom]) -> dict[str, Any]:
    """Write the verdict."""
    court, rounds = runtime.context, state["rounds"]
    verdict = verdict_of(
        state["transcript"],
        court.jury,
        rounds,
        before=course.outcome_of(court.jury, first_ballots(rounds), len(court.seats)),
        outcome=state["outcome"],
        usage=in_turn(state["usage"]),
        summary=state.get("summary"),
        tie_break=state.get("tie_break"),
    )
    return {"verdict": verdict}


def build() -> "StateGraph[Trial, Courtroom, Trial, Trial]":
    """The state machine of every protocol; what differs between protocols is data in the context."""
    graph = StateGraph(Trial, context_schema=Courtroom)
    for ballots in (screen, assess, deliberate, weigh, reballot):
        graph.add_node(ballots.__name__, ballots, input_schema=Turn)
        graph.add_edge(ballots.__name__, "count")
    for node in (hold_forum, count, break_tie, summarise, conclude):
        graph.add_node(node.__name__, node)
    graph.add_conditional_edges(START, _open, ["screen", "assess"])
    graph.add_conditional_edges("hold_forum", _after_count, ["weigh"])
    rounds = [step for step in get_args(Step) if step not in {"screen", "close"}]
    graph.add_conditional_edges("count", _after_count, [*rounds, "count", "break_tie", "summarise", "conclude"])
    graph.add_conditional_edges("break_tie", _after_tie_break, ["summarise", "conclude"])
    graph.add_edge("summarise", "conclude")
    graph.add_edge("conclude", END)
    return graph


def _open(state: Trial, runtime: Runtime[Courtroom]) -> list[Send]:
    return _turns(_step(state, runtime.context), state, runtime.context)


def _after_count(state: Trial, runtime: Runtime[Courtroom]) -> str | list[Send]:
    step = _step(state, runtime.context)
    if step == "hold_forum":
        return step
    if step != "close":
        return _turns(step, state, runtime.context) or "count"
    if state["outcome"].state == "hung" and runtime.context.jury.rule.tie_break != "none":
        return "break_tie"
    return _after_tie_break(state, runtime)


def _after_tie_break(_: Trial, runtime: Runtime[Courtroom]) -> str:
    return "summarise" if runtime.context.jury.protocol.summary else "conclude"


def _turns(step: Step, state: Trial, court: Courtroom) -> list[Send]:
    """One turn for everybody who is to vote now."""
    rounds, transcript = state.get("rounds", []), state["transcript"]
    spoken = _this_round(state.get("spoken", []), rounds)
    said = tuple(_this_round(state.get("said", []), rounds))
    asked = {one.ballot.seat for one in (*_carried(court, rounds), *spoken)}
    table = _table(court, transcript)
    seats = (court.officer("scout"),) if step == "screen" else course.waiting(step, court.jury.protocol, table, asked)
    return [Send(step, Turn(transcript, rounds, seat, said, tuple(spoken))) for seat in seats]


def _step(state: Trial, court: Courtroom) -> Step:
    return state.get("next") or course.first_step(court.jury.protocol)


def _this_round(entries: Sequence[Entry[T]], rounds: Sequence[Round]) -> list[T]:
    return [entry.said for entry in entries if entry.round == len(rounds)]


def _carried(court: Courtroom, rounds: Sequence[Round]) -> list[Spoken]:
    """The ballot that a juror who has been the scout has cast already: nobody is asked twice on the same exhibits."""
    if not rounds or rounds[-1].kind != "screening":
        return []
    (ballot,) = rounds[-1].ballots
    names = {seat.id: seat.name for seat in court.seats}
    return [Spoken(ballot.but(juror=names[ballot.seat]), Usage())] if ballot.seat in names else []


def _closed(
    court: Courtroom,
    step: Step,
    transcript: Transcript,
    rounds: Sequence[Round],
    ballots: Sequence[Ballot],
    said: Sequence[Said],
) -> Round:
    table, order = _table(court, transcript), tuple(ballot.seat for ballot in ballots)
    speaking = course.in_turn(step, court.jury.protocol)
    listening = court.jury.protocol.forum is None and step in {"deliberate", "reballot"}
    return Round(
        kind=ROUND_OF[step],
        index=len(rounds),
        ballots=tuple(sorted(ballots, key=lambda ballot: ballot.seat)),
        heard=table.hearers(order, rounds) if listening else {},
        order=order if speaking else (),
        statements=tuple(one.statement for one in said),
    )


def _usage_of(court: Courtroom, step: Step, spoken: Sequence[Spoken]) -> Usage:
    together = in_turn if course.in_turn(step, court.jury.protocol) else at_once
    return together(one.usage for one in spoken)


def _table(court: Courtroom, transcript: Transcript) -> Table:
    return Table.of(court.seats, court.jury.protocol, transcript.exhibits_hash)


#: The compiled state machine: `ainvoke({"transcript": …}, context=Courtroom(…))` ends with a `verdict`.
graph = build().compile()
