"""Which models a jury and its target come down to."""

from collections.abc import Iterator
from dataclasses import dataclass

from jury.providers.human import is_human
from jury.records import Juror, ModelSettings, Panel, Target

#: Who has to fill in ballots; a target and a foreperson speak in words of their own.
VOTERS = frozenset({"juror", "alternate"})


@dataclass(frozen=True)
class Subject:
    """One model at one address, asked in the settings of whoever comes first; `parts` says who it plays.

    Parts are `target`, `juror`, `alternate`, `foreperson`, the offices, and `clerk`.
    """

    settings: Juror
    parts: tuple[str, ...]

    @property
    def model(self) -> str:
        """The model's name."""
        return self.settings.model

    @property
    def votes(self) -> bool:
        """Whether it has to fill in ballots."""
        return not VOTERS.isdisjoint(self.parts)


def subjects_of(panel: Panel | None, target: Target | None, clerk: ModelSettings | None = None) -> tuple[Subject, ...]:
    """Every distinct model (by name and `api_base`) among target, jurors, alternates, foreperson and clerk, in this order."""
    settings: dict[tuple[str, str | None], Juror] = {}
    parts: dict[tuple[str, str | None], list[str]] = {}
    for part, juror in _cast(panel, target, clerk):
        if is_human(juror.model):
            continue  # nobody can call a person
        place = (juror.model, juror.api_base)
        settings.setdefault(place, juror)
        played = parts.setdefault(place, [])
        if part not in played:
            played.append(part)
    return tuple(Subject(juror, tuple(parts[place])) for place, juror in settings.items())


def _cast(panel: Panel | None, target: Target | None, clerk: ModelSettings | None) -> Iterator[tuple[str, Juror]]:
    if target is not None:
        yield "target", _asked_as(target)
    if panel is not None:
        yield from (("juror", juror) for juror in panel.seats)
        yield from (("alternate", juror) for juror in panel.alternates)
        if panel.foreperson is not None:
            yield "foreperson", panel.foreperson
        yield from panel.officers.items()
    if clerk is not None:
        yield "clerk", _asked_as(clerk)


def _asked_as(settings: ModelSettings) -> Juror:
    """A juror who is asked in these settings."""
    return Juror.model_validate(settings.model_dump(include=set(ModelSettings.model_fields)))
