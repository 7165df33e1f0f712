"""Alternates take the seats of jurors who leave, in canonical order; where none is left the panel shrinks."""

from collections.abc import Iterable, Mapping

from jury.errors import InputError
from jury.family import kin
from jury.panel import seats_of
from jury.records import Juror, Panel, Record


class Change(Record):
    """Who left, who came (None: nobody, the panel shrank), and why."""

    left: str
    came: str | None = None
    why: str


class Empanelled(Record):
    """The panel that sits, and how it came to differ from the one that was called."""

    panel: Panel
    changes: tuple[Change, ...] = ()


def empanel(panel: Panel, challenged: Mapping[str, str], targets: Iterable[str] = ()) -> Empanelled:
    """The panel without its challenged jurors (name → why) and, unless it asks for them, the targets' kin.

    A juror goes by its name, its model, or the name of its recorded ballots. An alternate who could be removed itself
    never takes a seat. Raises `InputError` where nobody is left.
    """
    reasons = dict(challenged)
    if not panel.same_family:
        reasons |= {model: f"of the family of target {target!r}" for model, target in kin(panel_of_all(panel), targets)}
    waiting = [seat for seat in seats_of(panel.alternates) if _against(seat.juror, reasons) is None]
    stays: list[Juror] = []
    changes = []
    for seat in seats_of(panel.seats):
        why = _against(seat.juror, reasons)
        if why is None:
            stays.append(seat.juror)
            continue
        came = waiting.pop(0) if waiting else None
        stays += [came.juror] if came else []
        changes.append(Change(left=seat.name, came=came.name if came else None, why=why))
    if not stays:
        raise InputError(f"panel {panel.name!r} loses every juror and has no alternate left; name other jurors")
    if not changes:
        return Empanelled(panel=panel)
    left = tuple(seat.juror for seat in waiting)
    return Empanelled(panel=panel.but(seats=tuple(stays), alternates=left), changes=tuple(changes))


def panel_of_all(panel: Panel) -> Panel:
    """A panel in which the alternates sit too."""
    return panel.but(seats=(*panel.seats, *panel.alternates), alternates=())


def known_as(juror: Juror) -> set[str]:
    """What a juror may be called where it is challenged."""
    recorded = juror.model.rpartition("#")[2] if juror.model.startswith("recorded/") else juror.model
    return {name for name in (juror.name, juror.model, recorded) if name}


def _against(juror: Juror, reasons: Mapping[str, str]) -> str | None:
    """The first reason against a juror, None if there is none."""
    return next((reasons[name] for name in sorted(known_as(juror)) if name in reasons), None)
