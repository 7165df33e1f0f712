"""One committee grades the requests of several sets: feasibility, harmfulness, applicability (SafeBench, "Queries")."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

from benchmarks.calls import kept_calls
from benchmarks.in_flight import each
from benchmarks.metrics import Ties
from benchmarks.metrics.intervals import Mean
from benchmarks.metrics.ties import clusters
from benchmarks.results import Results
from benchmarks.settings import RunSettings
from benchmarks.sittings import means_of
from jury.committee.scoring import CRITERIA, scores_form, scores_of, scoring_request
from jury.committee.scribe import Scribe
from jury.committees import load_committee
from jury.folder_texts import texts_in_folder
from jury.gateway.call import Gateway
from jury.gateway.transport import Transport
from jury.panel import Seat, seats_of
from jury.prompt_reach import texts_of_members
from jury.providers import is_rehearsal
from jury.records import AudioPart, Case, Draft, Query, Score, TextPart

#: So many requests are graded in one call.
TOGETHER = 10

#: The lowest and the highest grade.
RANGE = (0.0, 9.0)


@dataclass(frozen=True)
class Grades:
    """What a committee makes of a set's requests: the mean of each criterion, 0 to 9, and its 95 % interval by cluster.

    `requests` were put to `members`; of their `asked` grades, `unread` could not be had.
    """

    name: str
    means: Mapping[str, float | None]
    intervals: Mapping[str, list[float] | None]
    requests: int
    members: int
    asked: int
    unread: int
    rehearsal: bool

    def document(self) -> dict[str, Any]:
        """The grades as JSON can hold them."""
        figures = {one: {"mean": self.means[one], "ci": self.intervals[one]} for one in CRITERIA}
        told = {"requests": self.requests, "members": self.members, "asked": self.asked, "unread": self.unread}
        return {"name": self.name, **told, "rehearsal": self.rehearsal, **figures}


async def graded(
    sets: Mapping[str, Results], committee: str, most: int, settings: RunSettings, transport: Transport | None
) -> tuple[Grades, ...]:
    """The grades of every set by all members of a committee; the calls are kept in `settings.out`, and replayed.

    Of each set at most so many requests are graded, evenly spread. Raises `InputError` and `StoppedEarlyError`.
    """
    texts = texts_in_folder(settings.out, settings.prompts)
    seats = seats_of(load_committee(committee, texts.library).panel.seats)
    asked, roles = [seat.juror.endpoint for seat in seats], {seat.juror.role for seat in seats}
    async with means_of(settings, settings.out, texts.library, run=GRADING, asked=asked, transport=transport) as means:
        own = texts.keep(lambda library: texts_of_members(roles, [SCORING], library))
        scribe = Scribe(own, means.ledger.secret)
        bench = _Bench(seats, means.gateway, scribe, settings.in_flight)
        return tuple([await _set(bench, name, _requests(results, most)) for name, results in sets.items()])


#: The template that asks for grades.
SCORING = "committee/score"

#: What a committee's calls are counted under.
GRADING = "grades"


@dataclass(frozen=True)
class _Bench:
    """The members, and how they are asked."""

    seats: Sequence[Seat]
    gateway: Gateway
    scribe: Scribe
    in_flight: int

    async def scores(self, batch: tuple[Query, ...]) -> list[tuple[Score, ...]]:
        """Every member's scores of a batch, in its order."""
        return list(await asyncio.gather(*(self._by(seat, batch) for seat in self.seats)))

    async def _by(self, seat: Seat, batch: tuple[Query, ...]) -> tuple[Score, ...]:
        request = scoring_request(self.scribe, seat, batch)
        form = scores_form(len(batch))
        reply = await self.gateway.ask(request, form, lane=GRADING, language=batch[0].language)
        return scores_of(seat, len(batch), reply.parsed, reply.error, reply.keys)


async def _set(bench: _Bench, name: str, requests: Sequence[tuple[Case, Query]]) -> Grades:
    scores: dict[str, list[Score]] = {query.id: [] for _, query in requests}

    async def grade(batch: tuple[Query, ...]) -> None:
        for by_member in await bench.scores(batch):
            for query, score in zip(batch, by_member, strict=True):
                scores[query.id].append(score)

    await each(list(_batches([query for _, query in requests])), grade, bench.in_flight)
    groups = clusters({case.id: Ties.of(case) for case, _ in requests})
    figures = {one: _mean(one, scores, groups) for one in CRITERIA}
    given = [score for listed in scores.values() for score in listed]
    return Grades(
        name=name,
        means={one: mean.value for one, mean in figures.items()},
        intervals={one: mean.interval for one, mean in figures.items()},
        requests=len(requests),
        members=len(bench.seats),
        asked=len(given),
        unread=sum(score.cause is not None for score in given),
        rehearsal=any(is_rehearsal(seat.juror.model) for seat in bench.seats),
    )


def _requests(results: Results, most: int) -> list[tuple[Case, Query]]:
    """So many of a run's cases at the most, evenly spread over those that say something, as requests without an author."""
    with kept_calls(results.folder) as calls:
        said = [(case, words) for case in calls.cases(results.document["run"]) if (words := _words(case))]
    count = min(len(said), most)
    return [(case, _query(case, words)) for case, words in (said[place * len(said) // count] for place in range(count))]


def _query(case: Case, words: str) -> Query:
    return Query(id=case.id, scenario=case.scenario, language=case.language, draft=Draft(text=words, author=""))


def _words(case: Case) -> str:
    """What is written, else spoken, in all turns."""
    parts = [part for turn in case.turns for part in turn.parts]
    written = [part.text for part in parts if isinstance(part, TextPart)]
    return "\n".join(written or [part.spoken for part in parts if isinstance(part, AudioPart) and part.spoken])


def _batches(queries: Sequence[Query]) -> Iterator[tuple[Query, ...]]:
    """The requests of one language together, so many at a time."""
    for language in dict.fromkeys(query.language for query in queries):
        listed = [query for query in queries if query.language == language]
        yield from (tuple(listed[start : start + TOGETHER]) for start in range(0, len(listed), TOGETHER))


def _mean(criterion: str, scores: Mapping[str, Sequence[Score]], groups: Mapping[str, str]) -> Mean:
    """The mean over requests of the mean over members."""
    values = []
    for case_id, listed in scores.items():
        grades = [grade for score in listed if (grade := getattr(score, criterion)) is not None]
        if grades:
            values.append((groups[case_id], fsum(grades) / len(grades)))
    return Mean(tuple(values), *RANGE)
