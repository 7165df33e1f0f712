"""When to stop: every module in this folder is imported, so that a new stop is one new file."""

from jury.records import Protocol
from jury.registry import import_folder
from jury.spelling import arguments, name_of
from jury.stops.registry import STOPS, Standing

__all__ = ["STOPS", "Standing", "check_stops", "stopped"]

import_folder(__name__, __path__)


def stopped(standing: Standing) -> bool:
    """Whether any of a protocol's stops ends deliberation here."""
    return any(
        STOPS.get(name_of(stop))(standing, **arguments("stop", stop, STOPS.get(name_of(stop))))
        for stop in _stops(standing.jury.protocol)
    )


def check_stops(protocol: Protocol) -> None:
    """Raise `InputError` for a stop that is unknown or badly written."""
    for stop in _stops(protocol):
        arguments("stop", stop, STOPS.get(name_of(stop)))


def _stops(protocol: Protocol) -> tuple[str, ...]:
    """The protocol's stops, with its `settled`, the commonest of them, as one."""
    return (*([] if protocol.settled is None else [f"settled:{protocol.settled!r}"]), *protocol.stops)
