"""Seats: jurors made distinguishable without their order or their names."""

from collections import Counter
from dataclasses import dataclass

from jury.hashing import sha256_of_json
from jury.records import Juror, Office, Panel


@dataclass(frozen=True)
class Seat:
    """A place on the panel.

    `id` names the mind that sits (model, role, settings) and, with `sample`, tells equal minds apart;
    it does not depend on where the juror stands in the panel's file or what it is called there.
    """

    id: str
    name: str
    juror: Juror
    sample: int


def seats_of(jurors: tuple[Juror, ...]) -> tuple[Seat, ...]:
    """The seats of some jurors in canonical order: sorted by id, whatever order they were listed in."""
    taken: Counter[str] = Counter()
    names: set[str] = set()
    seats = []
    for juror in sorted(jurors, key=lambda juror: (juror.mind.content_hash, juror.name)):
        mind = juror.mind.content_hash
        sample = taken[mind]
        taken[mind] += 1
        seats.append(Seat(id=f"{mind[:12]}-{sample}", name=_free_name(juror, names), juror=juror, sample=sample))
    return tuple(sorted(seats, key=lambda seat: seat.id))


def panel_seats(panel: Panel) -> tuple[Seat, ...]:
    """The voting seats of a panel in canonical order."""
    return seats_of(panel.seats)


def foreperson(panel: Panel) -> Seat:
    """The panel's own foreperson, else the first seat in canonical order."""
    return seats_of((panel.foreperson,))[0] if panel.foreperson else panel_seats(panel)[0]


def officer(panel: Panel, office: Office) -> Seat:
    """Who holds an office: whom the panel names; else the first seat's juror scouts, and the foreperson's model speaks.

    An officer whose role is left open takes on the role of the office's name.
    """
    named = panel.officers.get(office)
    if office == "scout":
        return seats_of((named,))[0] if named else panel_seats(panel)[0]
    juror = named or foreperson(panel).juror.but(name=office, role="juror")
    return seats_of((juror if juror.role != "juror" else juror.but(role=office),))[0]


def seating(seats: tuple[Seat, ...], exhibits_hash: str) -> tuple[Seat, ...]:
    """The seats around the table for one transcript: shuffled by its content, the same on every replay."""
    return tuple(sorted(seats, key=lambda seat: sha256_of_json([exhibits_hash, seat.id])))


def place_name(place: int) -> str:
    """What a place around the table is called, counted from 0: a letter, from the 27th on its number."""
    return chr(ord("A") + place) if place < 26 else str(place + 1)


def _free_name(juror: Juror, taken: set[str]) -> str:
    """The juror's name, or one made of its role and model, that no other seat has."""
    base = juror.name or f"{juror.role} ({juror.model.rsplit('/', 1)[-1]})"
    name, number = base, 2
    while name in taken:
        name, number = f"{base} {number}", number + 1
    taken.add(name)
    return name
