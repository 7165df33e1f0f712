"""A trial with people on the panel: it stops where one is to vote, and goes on when they have, days later if need be.

The state machine is that of any trial; here it is kept in a file between its steps.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiosqlite
from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Command, StateSnapshot, interrupt

from graphs.deliberation import Entry, Trial, Turn, build
from jury import records
from jury.atomic import make_private_file
from jury.courtroom import Courtroom, Question, Said, Spoken
from jury.panel import Seat
from jury.records import Transcript, Verdict
from jury.trials import trial_id

CHECKPOINTS = "checkpoints.sqlite"

#: What a kept trial may hold: nothing else is ever made from the file.
_KEPT = [
    *((kind.__module__, kind.__qualname__) for kind in vars(records).values() if isinstance(kind, type)),
    *((kind.__module__, kind.__qualname__) for kind in (Entry, Turn, Spoken, Said, Seat, Question)),
]

Machine = CompiledStateGraph[Trial, Courtroom, Trial, Trial]


@dataclass(frozen=True)
class Waiting:
    """Who the trial waits for: the questions by their id."""

    questions: Mapping[str, Question]


@dataclass(frozen=True)
class Session:
    """One trial that is kept in a file, under the hash of its jury and of what is judged."""

    machine: Machine
    court: Courtroom
    transcript: Transcript

    @property
    def config(self) -> RunnableConfig:
        """The trial's own thread."""
        return _thread(trial_id(self.court.jury, self.transcript))

    async def stands(self) -> Waiting | Verdict:
        """Where the trial stands: begun if it was not, gone on as far as it goes without a person."""
        kept = await self.machine.aget_state(self.config)
        return _standing(kept) or await self._gone_on(None if kept.next else {"transcript": self.transcript})

    async def after(self, answers: Mapping[str, str]) -> Waiting | Verdict:
        """Where the trial stands after some answers, or as it is where there are none."""
        return await (self.answered(answers) if answers else self.stands())

    async def answered(self, answers: Mapping[str, str]) -> Waiting | Verdict:
        """Where the trial stands once some questions are answered, by their id, with ballots as JSON."""
        return await self._gone_on(Command(resume=dict(answers)))

    async def _gone_on(self, given: Any) -> Waiting | Verdict:
        state = await self.machine.ainvoke(given, self.config, context=self.court)
        open_questions = state.get("__interrupt__", ())
        if open_questions:
            return Waiting({one.id: one.value for one in open_questions})
        verdict: Verdict = state["verdict"]
        return verdict


@asynccontextmanager
async def session(folder: Path, court: Courtroom, transcript: Transcript) -> AsyncIterator[Session]:
    """A trial that is kept in the folder's file of checkpoints."""
    async with _machine(folder) as machine:
        yield Session(machine, replace(court, hand=_interrupted), transcript)


async def standing(folder: Path, thread: str) -> Waiting | Verdict | None:
    """Where a trial that is kept in a folder stands; None where it has stopped between two questions, or not begun."""
    async with _machine(folder) as machine:
        return _standing(await machine.aget_state(_thread(thread)))


@asynccontextmanager
async def _machine(folder: Path) -> AsyncIterator[Machine]:
    make_private_file(folder / CHECKPOINTS)
    async with aiosqlite.connect(folder / CHECKPOINTS) as connection:
        saver = AsyncSqliteSaver(connection, serde=JsonPlusSerializer(allowed_msgpack_modules=_KEPT))
        yield build().compile(checkpointer=saver)


def _thread(name: str) -> RunnableConfig:
    return {"configurable": {"thread_id": name}}


def _standing(kept: StateSnapshot) -> Waiting | Verdict | None:
    verdict: Verdict | None = kept.values.get("verdict")
    if verdict is None and kept.interrupts:
        return Waiting({one.id: one.value for one in kept.interrupts})
    return verdict


def _interrupted(question: Question) -> str:
    """The person's ballot: the node stops here, and is begun anew once there is one."""
    said: str = interrupt(question)
    return said


#: Asks a person: from a question to a ballot as JSON.
Asking = Callable[[Question], str]
