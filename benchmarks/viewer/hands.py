"""People's seats: where trials stand that wait for somebody, and going on with one once a ballot is in."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from benchmarks.manifest import FILE as MANIFEST
from benchmarks.viewer.places import TrialPlace
from jury.errors import InputError, JuryError
from jury.labels import ABSTAIN
from jury.records import Rubric, Verdict

if TYPE_CHECKING:
    from graphs.by_hand import Waiting

#: Longest reasons, in characters.
LONGEST = 10_000


@dataclass
class Hands:
    """The trials that go on in this process; `failed` says why one stopped. A trial is gone on with by one at a time."""

    going: dict[str, "asyncio.Task[None]"] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def busy(self, place: TrialPlace) -> bool:
        """Whether jurors are at work on a trial."""
        return place.id in self.going

    async def stands(self, place: TrialPlace) -> "Waiting | Verdict | None":
        """Where a trial stands, without going on with it; None while jurors are at work on it."""
        return None if self.busy(place) else await stands(place)

    def go_on(self, place: TrialPlace, answers: Mapping[str, str]) -> None:
        """Have a trial go on with some answers, in the background. Raises `InputError` while it already does."""
        if self.busy(place):
            raise InputError("the jury is at work on this trial; wait until it asks again")
        self.failed.pop(place.id, None)
        self.going[place.id] = asyncio.create_task(self._held(place, dict(answers)))

    async def _held(self, place: TrialPlace, answers: dict[str, str]) -> None:
        try:
            # In a thread of its own: models' libraries take seconds to import, and pages are to be read meanwhile.
            await asyncio.to_thread(asyncio.run, _go_on(place, answers))
        except JuryError as error:
            self.failed[place.id] = str(error)
        finally:
            self.going.pop(place.id, None)


async def stands(place: TrialPlace) -> "Waiting | Verdict | None":
    """Where a trial stands, without going on with it."""
    from graphs.by_hand import standing

    return await standing(place.folder, place.id)


async def _go_on(place: TrialPlace, answers: dict[str, str]) -> None:
    from benchmarks.resuming import texts_for
    from benchmarks.single import go_on_by_hand
    from jury.folder_texts import texts_in_folder
    from jury.means import opened
    from jury.prompt_reach import texts_of_jury
    from jury.trust.bases import note_bases

    note_bases(place.trial, place.folder)
    trial, of_run = place.trial, (place.folder / MANIFEST).exists()
    texts = texts_in_folder(place.folder)
    async with opened(place.store, texts_for(place.folder).library if of_run else texts.library) as found:
        kept = found.library if of_run else texts.keep(lambda library: texts_of_jury(trial.jury, library))
        await go_on_by_hand(place.folder, trial, replace(found, library=kept), answers)


def ballot_of(form: Mapping[str, str], rubric: Rubric) -> str:
    """The ballot, as JSON, that a person filled in. Raises `InputError` that names the field which makes no sense."""
    choice, reasoning = form.get("choice", ""), form.get("reasoning", "").strip()
    if choice not in {*rubric.choices, ABSTAIN}:
        raise InputError(f"choose one of {', '.join([*rubric.choices, ABSTAIN])}")
    if not reasoning or len(reasoning) > LONGEST:
        raise InputError(f"give your reasons, in at most {LONGEST:,} characters")
    ballot: dict[str, object] = {"reasoning": reasoning, "choice": choice}
    scale = rubric.rating
    if scale is not None and choice != ABSTAIN:
        ballot["rating"] = _within("rating", form.get("rating", ""), scale.low, scale.high)
    ballot["confidence"] = _within("confidence", form.get("confidence", ""), 0, 1)
    return json.dumps(ballot, ensure_ascii=False)


def _within(name: str, words: str, low: float, high: float) -> float:
    try:
        value = float(words)
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        raise InputError(f"your {name} must be a number from {low:g} to {high:g}")
    return value
