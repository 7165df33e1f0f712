"""The fourth stage: every kept query spoken in both voices, where its policy allows it."""

from collections.abc import Sequence
from typing import Any

from benchmarks.generation.desk import Desk
from benchmarks.generation.plan import Plan
from benchmarks.generation.settings import SpeechStage
from benchmarks.generation.summary import made_in_numbers
from benchmarks.generation.workings import QUERIES, RECORDINGS, read_records, write_records
from benchmarks.in_flight import each
from jury.records import VOICES, Query, Recording, Voice
from jury.speaking import RecordingStudio
from jury.variants import Wording, items_of


async def speak(desk: Desk, plan: Plan, stage: SpeechStage) -> dict[str, Any]:
    """Have every query spoken that is asked as it was written; returns the numbers of clips. Raises `StoppedEarlyError` where a budget is used up."""
    from graphs.speech import graph

    studio = RecordingStudio(desk.means.gateway, desk.means.media, plan.taxonomy, stage.voices)
    wording = Wording(desk.library)
    spoken = [query for query in read_records(desk.workings / QUERIES, Query) if is_spoken(query, wording)]
    made: dict[tuple[str, Voice], Recording] = {}

    async def record(wanted: tuple[Query, Voice]) -> None:
        query, voice = wanted
        state = await graph.ainvoke({"query": query, "voice": voice}, context=studio)
        made[query.id, voice] = state["recording"]
        desk.finished()

    wanted = [(query, voice) for query in spoken for voice in VOICES]
    desk.watcher.began("clips", len(wanted))
    await each(wanted, record, desk.settings.in_flight)
    recordings = [made[query.id, voice] for query, voice in wanted]
    write_records(desk.workings / RECORDINGS, recordings)
    return _numbers(recordings)


def is_spoken(query: Query, wording: Wording) -> bool:
    """Whether a query is part of the set and one of its items asks in its very words: a choice has its options to be read."""
    return query.kept and any(item.prompt == query.draft.text for item in items_of(query, wording))


def _numbers(recordings: Sequence[Recording]) -> dict[str, Any]:
    return {
        **made_in_numbers(recordings, lambda one: one.clip is not None),
        "taken_again": sum(max(0, len(one.takes) - 1) for one in recordings),
    }
