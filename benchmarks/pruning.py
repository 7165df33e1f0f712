"""Dropping calls that nothing rests on from a ledger. A call that a verdict cites always stays."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from benchmarks.calls import Calls, KeptCall, kept_calls, ledger_at
from jury.errors import InputError
from jury.ledger.address import Address
from jury.ledger.databases import give_space_back, reason_of
from jury.ledger.holding import alone


@dataclass(frozen=True)
class Pruning:
    """The calls that would go, and how many failed calls stay because a verdict rests on them."""

    ledger: Address
    dropped: tuple[KeptCall, ...]
    cited_errors: int

    def carry_out(self) -> None:
        """Drop the calls, all or none, and give their space back. Raises `InputError` if the ledger is in use."""
        # Asked again here: a run may have come to rest on a call since it was listed.
        query = "DELETE FROM calls WHERE key = :key AND NOT EXISTS (SELECT 1 FROM trials WHERE call = :key)"
        try:
            with alone(self.ledger) as connection:
                if self.dropped:
                    connection.execute(text(query), [{"key": call.key} for call in self.dropped])
            give_space_back(self.ledger)
        except SQLAlchemyError as error:
            raise InputError(f"{self.ledger} can't be changed ({reason_of(error)}); is a run at work on it?") from None


def pruning(place: Path, *, errors: bool, unused: bool) -> Pruning:
    """What there is to drop: failed calls (`errors`), or all calls (`unused`), that no verdict rests on.

    Raises `InputError` where cases are still without a verdict and answered calls would go: those may yet be used. So may
    those of trials that belong to no run.
    """
    with kept_calls(place) as calls:
        if unused and not calls.runs():
            raise InputError(
                f"{place}: its ledger holds no run, and the calls of trials that were held from Python are named nowhere; "
                "drop failed calls only, with --errors"
            )
        if unused and (waiting := calls.waiting()):
            raise InputError(
                f"{place}: {waiting} cases have no verdict yet and may use calls that are paid for; "
                "run its command again first, or drop failed calls only, with --errors"
            )
        return _listed(ledger_at(place), calls, errors=errors, unused=unused)


def _listed(ledger: Address, calls: Calls, *, errors: bool, unused: bool) -> Pruning:
    cited = {occasion.key for occasion in calls.occasions()}
    dropped, cited_errors = [], 0
    for call in calls.all():
        failed = call.completion.error is not None
        if call.key in cited:
            cited_errors += failed
        elif unused or (errors and failed):
            dropped.append(call)
    return Pruning(ledger, tuple(dropped), cited_errors)
