"""The last gate before a call is sent: nothing passes once the run is to stop, and what has passed is known."""

from jury.gateway.transport import CallFailedError, Transport
from jury.ledger import Ledger
from jury.records import Completion, Request
from jury.stopping import StopSwitch


class SendingGate:
    """A transport that sends calls on to another, unless the gateway or the whole run is to stop, or the ledger can't be written.

    `run` stops every gateway of a run, `own` this one. `in_flight` are the keys of calls that were sent and may have been
    paid for: they are to be finished and kept.
    """

    def __init__(self, transport: Transport, ledger: Ledger, run: StopSwitch) -> None:
        self._transport = transport
        self._ledger = ledger
        self._run = run
        self.own = StopSwitch()
        self.in_flight: set[str] = set()

    async def attempt(self, request: Request, timeout: float) -> Completion:
        """The model's answer. Raises `StoppedEarlyError` for a call that is not to be sent, `CallFailedError` for one that failed."""
        # Paid answers on their way to the disk come first: if they can't be kept, nothing more is to be paid for.
        await self._ledger.check_written()
        self._run.check()
        self.own.check()
        self.in_flight.add(request.key)
        try:
            return await self._transport.attempt(request, timeout)
        except CallFailedError:
            self.in_flight.discard(request.key)
            raise
