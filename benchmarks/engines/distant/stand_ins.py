"""What stands in a worker for the gateway and the ledger: whatever is asked of them is asked of the driver."""

from collections.abc import Iterable
from typing import Any, cast

from benchmarks.engines.distant.errands import Book
from benchmarks.engines.distant.line import Line
from jury.gateway.answers.repairing import RepairWriter
from jury.gateway.call import Gateway
from jury.gateway.transport import Transport
from jury.ledger import Ledger
from jury.media import MediaStore
from jury.records import Answered, Completion, Request, Verdict
from jury.tracing import carried


class DistantLedger:
    """As much of a ledger as a case needs: what it writes is on the driver's disk when its methods return."""

    def __init__(self, line: Line, secret: str) -> None:
        self._line = line
        self.secret = secret
        self._kept: dict[str, Answered] = {}

    def expect(self, case_id: str, kept: Answered | None) -> None:
        """Know beforehand what the driver's ledger holds of a case's answers."""
        if kept is not None:
            self._kept[case_id] = kept

    def forget(self, case_id: str) -> None:
        """Let go of a case that is done."""
        self._kept.pop(case_id, None)

    def answer(self, run: str, case_id: str) -> Answered | None:
        """What the target said to a case, None where it has not been asked."""
        del run
        return self._kept.get(case_id)

    async def add_answers(self, run: str, answered: Answered) -> None:
        """Keep what a target said to a case, here for a second look at it too."""
        await self._line.ask("answers", run, answered)
        self._kept[answered.case_id] = answered

    async def add_verdict(self, run: str, verdict: Verdict, trials: Iterable[dict[str, Any]]) -> None:
        """Keep a finished case."""
        await self._line.ask("verdict", run, verdict, list(trials))

    async def check_written(self) -> None:
        """Nothing: the driver stops what can't be kept."""

    def find(self, key: str) -> None:
        """Nothing: the driver looks a call up before it is made."""
        del key

    def as_ledger(self) -> Ledger:
        """The same, for those who want a ledger and use no more of it than there is."""
        return cast(Ledger, self)


class DistantGateway(Gateway):
    """Asks models through the driver's gateway: limits, budget and breakers are its own, and so is the ledger."""

    def __init__(
        self,
        line: Line,
        book: Book,
        transport: Transport,
        ledger: DistantLedger,
        media: MediaStore,
        repairs: RepairWriter,
    ) -> None:
        super().__init__(transport, ledger.as_ledger(), media=media, repairs=repairs)
        self._line, self._book = line, book

    async def complete(self, request: Request, lane: str = "") -> tuple[Request, Completion]:
        """The model's answer to a request, on the driver's disk before it is used here."""
        with self._book.entered(request) as entry:
            origin, item, kept = await self._line.ask("complete", entry.number, request, lane, carried())
            completion = entry.kept(kept)
        if (origin, item) != (request.origin, request.item):
            request = request.but(origin=origin, item=item)
        return request, completion
