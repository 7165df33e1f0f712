"""Who is who in a committee: the name and model behind a seat's id, and the model behind a call."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from benchmarks.generation.published.making import Making
from jury.panel import Seat, seats_of
from jury.providers import is_rehearsal


class Roster:
    """The seats of a committee by id, and the models its calls went to."""

    def __init__(self, making: Making) -> None:
        self._committee = making.committee
        self._models: Mapping[str, str] = making.models

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        """Every voting seat, then the alternates, then a foreperson that is not among them."""
        panel = self._committee.panel
        apart = (panel.foreperson,) if panel.foreperson else ()
        by_id: dict[str, Seat] = {}
        for group in (panel.seats, panel.alternates, apart):
            for seat in seats_of(group):
                by_id.setdefault(seat.id, seat)
        return tuple(by_id.values())

    def who(self, seat: str) -> dict[str, Any]:
        """A member by seat id: seat, name, model; nameless where the committee has no such seat any more."""
        found = self._by_id.get(seat)
        return {"seat": seat, "name": found.name if found else "", "model": found.juror.model if found else None}

    def calls(self, keys: Iterable[str]) -> list[dict[str, Any]]:
        """Calls with the model each went to, None where that is not known."""
        return [{"call": key, "model": self._models.get(key)} for key in keys if key]

    def scripted(self, seats: Iterable[str], keys: Iterable[str]) -> bool:
        """Whether a scripted model sat in one of the seats or answered one of the calls."""
        models = [self.who(seat)["model"] for seat in seats] + [self._models.get(key) for key in keys]
        return any(is_rehearsal(model) for model in models if model)

    @cached_property
    def _by_id(self) -> dict[str, Seat]:
        return {seat.id: seat for seat in self.seats}
