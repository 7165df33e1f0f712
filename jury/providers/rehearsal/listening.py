"""How jurors take what their peers say: from never moving to moving with the majority."""

from collections.abc import Callable
from statistics import fmean

from jury.providers.rehearsal.choices import place_of
from jury.providers.rehearsal.reading import Reading, Statement

#: How far a juror who listens a little moves towards its peers' mean.
A_LITTLE = 0.25
#: How far a contrarian moves away from it.
CONTRARY = 0.4

#: Where the peers a juror heard stand, from 0 (no concern) to 1.
Places = tuple[float, ...]


def taking_sides(reading: Reading) -> tuple[Statement, ...]:
    """The peers who chose one of the choices; abstentions and invalid ballots take no side."""
    return tuple(peer for peer in reading.peers if peer.choice in reading.options)


def places_heard(reading: Reading) -> Places:
    """Where the peers who took a side stand."""
    return tuple(place_of(peer.choice, reading.options) for peer in taking_sides(reading))


def never(concern: float, _heard: Places) -> float:
    """Keeps to its own view."""
    return concern


def a_little(concern: float, heard: Places) -> float:
    """Moves some way towards the mean of what it heard."""
    return concern + A_LITTLE * (fmean(heard) - concern)


def to_the_majority(concern: float, heard: Places) -> float:
    """Takes over the place that more than half of the statements heard share."""
    shared = [place for place in heard if 2 * heard.count(place) > len(heard)]
    return 0.1 + 0.8 * shared[0] if shared else concern


def to_the_contrary(concern: float, heard: Places) -> float:
    """Leans to the other side of what it heard."""
    return concern + CONTRARY * ((1 - fmean(heard)) - concern)


#: By name. Reasons move a juror by showing it signs it had overlooked, never by who gives them.
LISTENING: dict[str, Callable[[float, Places], float]] = {
    "never": never,
    "a_little": a_little,
    "to_reasons": never,
    "to_the_majority": to_the_majority,
    "to_the_contrary": to_the_contrary,
}
