"""Where what a viewer shows lies: the runs and the trials with people in some folders, each under a name for links."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from benchmarks.folders import store_of
from benchmarks.held_by_hand import HeldByHand, kept_trial, trial_files
from benchmarks.manifest import FILE as MANIFEST
from benchmarks.manifest import headlines_in, jury_in, read_manifest, run_id, suite_in, target_in
from benchmarks.metrics.headlines import headline_names
from jury.errors import InputError, JuryError
from jury.ledger.address import holds_ledger
from jury.means import MEDIA
from jury.media import MediaStore
from jury.records import Jury

#: What reading a damaged folder may raise: what was written there is anybody's.
DAMAGE = (JuryError, ValueError, LookupError, TypeError, AttributeError, OSError, sqlite3.Error, SQLAlchemyError)

#: How many folders below a named one are looked through.
DEPTH = 4

#: Characters of an id that a link shows.
_SHORT = 12


@dataclass(frozen=True)
class Place:
    """A folder with what is shown; `name` is what links call it, `title` what people do."""

    name: str
    title: str
    folder: Path
    id: str

    @property
    def store(self) -> Path:
        """The folder with its ledger and media."""
        return store_of(self.folder)

    @property
    def media(self) -> MediaStore:
        """Its images and clips."""
        return MediaStore(self.store / MEDIA)


@dataclass(frozen=True)
class RunPlace(Place):
    """A run, finished or not."""

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What is run, with what."""
        return read_manifest(self.folder)

    @cached_property
    def jury(self) -> Jury:
        """Panel, protocol, rule and rubric. Raises `InputError` if the manifest's can't be read."""
        return jury_in(self.manifest, self.folder)

    @property
    def target(self) -> str:
        """The model under test, empty where the answers were recorded."""
        return target_in(self.manifest)

    @property
    def suite(self) -> str | None:
        """The suite that the cases belong to, None where they belong to none."""
        return suite_in(self.manifest)

    @cached_property
    def headline_names(self) -> tuple[str, ...]:
        """The figures that may head the run's results. Raises `InputError` for one that is not known."""
        return headline_names(self.jury.rubric, *headlines_in(self.manifest))


@dataclass(frozen=True)
class DamagedPlace:
    """A folder, or a trial's file, whose run or trial can't be shown; `reason` is one sentence that says why."""

    title: str
    folder: Path
    reason: str


@dataclass(frozen=True)
class TrialPlace(Place):
    """A trial that people sit in."""

    trial: HeldByHand


P = TypeVar("P", bound=Place)


def damage_of(error: Exception, place: Path) -> str:
    """One sentence that says why a place can't be shown, and what to do."""
    if isinstance(error, JuryError):
        return str(error)
    return f"{place} can't be read ({type(error).__name__}: {error}); jury verify says more"


class Catalogue:
    """The runs and trials in some folders, found anew whenever `refreshed`; `damaged` are those that can't be read."""

    def __init__(self, places: Sequence[Path]) -> None:
        self._places = tuple(places)
        self.runs: dict[str, RunPlace] = {}
        self.trials: dict[str, TrialPlace] = {}
        self.damaged: list[DamagedPlace] = []
        self.refresh()
        if not self.runs and not self.trials and not self.damaged:
            named = ", ".join(map(str, places))
            raise InputError(
                f"{named}: no judged run and no trial with people is there; name a run's folder (its --out)"
            )

    def refresh(self) -> None:
        """Look again: a run may have begun since."""
        titles = {folder.resolve(): title for place in self._places for folder, title in _folders(place)}
        folders = sorted(titles.items())
        damaged: list[DamagedPlace] = []
        self.runs = _named(_runs(folders, damaged))
        self.trials = _named(_trials(folders, damaged))
        self.damaged = damaged

    def run(self, name: str) -> RunPlace | None:
        """The run that links call so; one that began since the last look is found, too."""
        if name not in self.runs:
            self.refresh()
        return self.runs.get(name)


def _folders(place: Path) -> Iterator[tuple[Path, str]]:
    """The folder itself and those below it with how they are called, but for media; links are not followed."""
    if not place.is_dir():
        raise InputError(f"{place} is no folder; name a run's folder (its --out) or one that holds several")
    for at, below, _ in os.walk(place):
        inside = Path(at).relative_to(place)
        yield Path(at), inside.as_posix() if inside.parts else place.resolve().name
        deep = len(inside.parts) >= DEPTH
        below[:] = [] if deep else [name for name in below if name != MEDIA and not name.startswith(".")]


def _runs(folders: Iterable[tuple[Path, str]], damaged: list[DamagedPlace]) -> Iterator[RunPlace]:
    """The judged runs; a folder that holds answers alone has nothing to show yet. Damaged ones are added to a list."""
    for folder, title in folders:
        # A ledger beside it makes the manifest ours, and not another tool's of the same name.
        if (folder / MANIFEST).is_file() and holds_ledger(store_of(folder)):
            try:
                manifest = read_manifest(folder)
                run = RunPlace("", title, folder, run_id(manifest)) if manifest["jury"] is not None else None
                if run is not None:
                    jury_in(manifest, folder)
            except DAMAGE as error:
                damaged.append(DamagedPlace(title, folder, damage_of(error, folder)))
                continue
            if run is not None:
                yield run


def _trials(folders: Iterable[tuple[Path, str]], damaged: list[DamagedPlace]) -> Iterator[TrialPlace]:
    """The trials that people sit in. Damaged ones are added to a list."""
    for folder, title in folders:
        for path in trial_files(folder):
            try:
                trial = kept_trial(path)
            except DAMAGE as error:
                damaged.append(DamagedPlace(f"{title}: {path.name}", folder, damage_of(error, path)))
            else:
                yield TrialPlace("", title, folder, trial.id, trial)


def _named(found: Iterable[P]) -> dict[str, P]:
    named: dict[str, P] = {}
    for place in found:
        name, number = place.id[:_SHORT], 2
        while name in named:
            name, number = f"{place.id[:_SHORT]}-{number}", number + 1
        named[name] = replace(place, name=name)
    return named
