"""A committee at work on queries: who writes a batch, what of it is new, and who grades it."""

import asyncio
from dataclasses import dataclass
from functools import cached_property

from jury.committee.ranking import mean_score
from jury.committee.scoring import scores_form, scores_of, scoring_request
from jury.committee.scribe import Scribe
from jury.committee.settings import QuerySettings
from jury.committee.similarity import Seen, normalised
from jury.committee.writing import Commission, batch_form, writing_request
from jury.gateway.call import Gateway
from jury.panel import Seat, seats_of
from jury.records import Attempt, Committee, Draft, Query, Score


@dataclass(frozen=True)
class Workshop:
    """One committee with its means; it holds for all commissions and knows nothing of any."""

    committee: Committee
    gateway: Gateway
    scribe: Scribe
    settings: QuerySettings

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        """The members in canonical order."""
        return seats_of(self.committee.panel.seats)

    async def write(
        self, commission: Commission, number: int, existing: tuple[str, ...]
    ) -> tuple[tuple[Attempt, ...], tuple[Query, ...]]:
        """Batch `number`, by the member whose turn it is; where one refuses or can't be read, the next is asked."""
        attempts: list[Attempt] = []
        for seat in _from(self.seats, commission.first + number - 1):
            attempt, queries = await self._written(seat, commission, number, existing)
            attempts.append(attempt)
            if queries:
                return tuple(attempts), queries
        return tuple(attempts), ()

    def sift(self, commission: Commission, earlier: tuple[Query, ...], new: tuple[Query, ...]) -> tuple[Query, ...]:
        """The new queries, those that repeat an earlier one of the commission or say too much with their reason."""
        exact = {normalised(query.draft.text): query.id for query in earlier if query.reason != "duplicate"}
        seen = Seen(self.settings.similarity)
        for query in earlier:
            if not query.reason:
                seen.add(query.id, query.draft.text)
        return tuple(_sifted(query, commission, exact, seen) for query in new)

    async def score(self, queries: tuple[Query, ...]) -> tuple[Query, ...]:
        """The queries of one batch with the grades of other members; too few readable grades are a reason to drop one."""
        fresh = [query for query in queries if not query.reason]
        size = self.settings.together
        groups = [tuple(fresh[start : start + size]) for start in range(0, len(fresh), size)]
        scored = {one.id: one for group in await asyncio.gather(*map(self._graded, groups)) for one in group}
        return tuple(scored.get(query.id, query) if not query.reason else query for query in queries)

    async def _written(
        self, seat: Seat, commission: Commission, number: int, existing: tuple[str, ...]
    ) -> tuple[Attempt, tuple[Query, ...]]:
        request = writing_request(
            self.scribe, seat, commission, number=number, count=self.settings.batch, existing=existing
        )
        reply = await self.gateway.ask(request, batch_form(), lane=commission.name, language=commission.language)
        if reply.parsed is None:
            return Attempt(author=seat.id, cause=reply.error, calls=reply.keys), ()
        drafts = (Draft(text=text, author=seat.id, calls=reply.keys) for text in reply.parsed[: self.settings.batch])
        queries = tuple(commission.query(draft) for draft in drafts)
        return Attempt(author=seat.id, written=len(queries), calls=reply.keys), queries

    async def _graded(self, queries: tuple[Query, ...]) -> tuple[Query, ...]:
        """Members after the author are asked until every query has enough grades, or nobody is left to ask."""
        place = [seat.id for seat in self.seats].index(queries[0].draft.author)
        others = list(_from(self.seats, place))[1:]
        rounds: list[tuple[Score, ...]] = []
        for seat in others:
            if all(self._is_graded([scores[number] for scores in rounds]) for number in range(len(queries))):
                break
            rounds.append(await self._scores(seat, queries))
        return tuple(
            self._judged(query, tuple(scores[number] for scores in rounds)) for number, query in enumerate(queries)
        )

    async def _scores(self, seat: Seat, queries: tuple[Query, ...]) -> tuple[Score, ...]:
        request = scoring_request(self.scribe, seat, queries)
        form, first = scores_form(len(queries)), queries[0]
        reply = await self.gateway.ask(request, form, lane=first.scenario, language=first.language)
        return scores_of(seat, len(queries), reply.parsed, reply.error, reply.keys)

    def _is_graded(self, scores: list[Score]) -> bool:
        return sum(score.cause is None for score in scores) >= self.settings.scorers

    def _judged(self, query: Query, scores: tuple[Score, ...]) -> Query:
        mean = mean_score(scores, self.settings.weights)
        return query.but(scores=scores, mean_score=mean, reason="" if self._is_graded(list(scores)) else "not_scored")


def _from(seats: tuple[Seat, ...], place: int) -> tuple[Seat, ...]:
    """The seats in turn, beginning at a place."""
    start = place % len(seats)
    return (*seats[start:], *seats[:start])


def _sifted(query: Query, commission: Commission, exact: dict[str, str], seen: Seen) -> Query:
    """The query as it is, or with the reason why it goes; one that stays is noted for those after it."""
    text = query.draft.text
    words = normalised(text)
    if words in exact:
        return query.but(reason="duplicate", like=exact[words])
    exact[words] = query.id
    problem = commission.problem_of(text)
    if problem:
        return query.but(reason=problem)
    like = seen.like(text)
    if like is not None:
        return query.but(reason="near_duplicate", like=like)
    seen.add(query.id, text)
    return query
