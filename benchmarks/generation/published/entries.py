"""The items of a set in canonical order, each with everything it is made of."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.generation.published.making import Material
from jury.errors import InputError
from jury.policy import policy_of
from jury.records import (
    VOICES,
    Category,
    Cause,
    Drawing,
    MediaRef,
    Policy,
    Query,
    Recording,
    Scenario,
    Voice,
)
from jury.variants import Item, Wording, items_of, panels_of

_Place = tuple[int, str, str, int, str, str]

#: A name that is a file's name on every system and leads nowhere else.
_SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,150}")

#: The image of an item, made of its query's panels, or the cause why there is none.
ImageOf = Callable[[Item, Sequence[MediaRef]], MediaRef | Cause]


@dataclass(frozen=True)
class Exhibit:
    """An image or clip of an item, or the cause why there is none; `barred` where the policy allows none."""

    media: MediaRef | None = None
    cause: Cause | None = None
    barred: bool = False


@dataclass(frozen=True)
class Entry:
    """One item with its query, its place in the taxonomy and its exhibits; `drawings` has one place for each panel."""

    item: Item
    query: Query
    scenario: Scenario
    category: Category
    policy: Policy
    image: Exhibit
    clips: Mapping[Voice, Exhibit]
    drawings: tuple[Drawing | None, ...]
    recordings: Mapping[Voice, Recording]

    @property
    def exhibits(self) -> dict[str, Exhibit]:
        """Its exhibits by the names they have in a row."""
        return {"image": self.image, "audio_female": self.clips["female"], "audio_male": self.clips["male"]}

    @property
    def left_out(self) -> bool:
        """Whether it is no part of the set, since it makes no sense without the image that is missing."""
        return self.item.needs_image and self.image.media is None


def entries_of(material: Material, wording: Wording, image_of: ImageOf) -> tuple[Entry, ...]:
    """The items of every kept query, by scenario, language, technique, rank and id, whatever order the material is in.

    What a policy forbids is not published, even if it was made. Raises `InputError` for a query without its technique's
    form, an id that occurs twice or can't name a file, and a scenario that the taxonomy lacks.
    """
    kept = {query.id: query for query in material.queries if query.kept}
    items = tuple(item for query in kept.values() for item in items_of(query, wording))
    _check_names(items)
    order = {scenario.key: place for place, scenario in enumerate(material.taxonomy.scenarios)}
    _check_scenarios(kept.values(), order, material.taxonomy.name)
    assembler = _Assembler(material, image_of)
    return tuple(assembler.entry(item, kept[item.query]) for item in sorted(items, key=_place_by(kept, order)))


class _Assembler:
    def __init__(self, material: Material, image_of: ImageOf) -> None:
        self._taxonomy = material.taxonomy
        self._scenarios = {scenario.key: scenario for scenario in material.taxonomy.scenarios}
        self._drawings = {(drawing.query, drawing.panel): drawing for drawing in material.drawings}
        self._recordings = {(recording.query, recording.voice): recording for recording in material.recordings}
        self._image_of = image_of

    def entry(self, item: Item, query: Query) -> Entry:
        scenario = self._scenarios[query.scenario]
        policy = policy_of(scenario)
        found = {voice: self._recordings.get((query.id, voice)) for voice in VOICES}
        drawings = tuple(self._drawings.get((query.id, panel)) for panel in range(len(panels_of(query))))
        return Entry(
            item=item,
            query=query,
            scenario=scenario,
            category=self._taxonomy.category_of(scenario.key),
            policy=policy,
            image=self._image(item, drawings) if policy.image else _barred(scenario, "image"),
            clips={
                voice: _clip(item, query, found[voice]) if policy.audio else _barred(scenario, "clip")
                for voice in VOICES
            },
            drawings=drawings,
            recordings={voice: recording for voice, recording in found.items() if recording},
        )

    def _image(self, item: Item, drawings: Sequence[Drawing | None]) -> Exhibit:
        """What is made of all panels; the first that is missing says why there is nothing."""
        panels = [drawing.image for drawing in drawings if drawing and drawing.image]
        if len(panels) < len(drawings):
            missing = next(drawing for drawing in drawings if drawing is None or drawing.image is None)
            return _absent("image", missing.cause if missing else None)
        made = self._image_of(item, panels)
        return Exhibit(cause=made) if isinstance(made, Cause) else Exhibit(media=made)


def _clip(item: Item, query: Query, recording: Recording | None) -> Exhibit:
    """The query's clip, if the item's words are those that are spoken in it."""
    if recording is None or recording.clip is None:
        return _absent("clip", recording.cause if recording else None)
    if item.prompt != query.draft.text:
        return _absent("clip", Cause(kind="missing", detail="the query's clip speaks other words than this variant"))
    return Exhibit(media=recording.clip)


def _absent(kind: str, cause: Cause | None) -> Exhibit:
    return Exhibit(cause=cause or Cause(kind="missing", detail=f"no {kind} was made"))


def _barred(scenario: Scenario, kind: str) -> Exhibit:
    cause = Cause(kind="missing", detail=f"the policy of {scenario.key} allows no {kind}")
    return Exhibit(cause=cause, barred=True)


def _check_names(items: tuple[Item, ...]) -> None:
    known: set[str] = set()
    for item in items:
        if not _SAFE_NAME.fullmatch(item.id):
            raise InputError(f"item {item.id!r}: the id can't name a file; use letters, digits, `_`, `.` and `-`")
        # Two files whose names differ in case only are one file on some systems.
        if item.id.lower() in known:
            raise InputError(f"item {item.id!r}: the id occurs twice; give every item an id of its own")
        known.add(item.id.lower())


def _check_scenarios(queries: Iterable[Query], known: Mapping[str, int], taxonomy: str) -> None:
    for query in queries:
        if query.scenario not in known:
            raise InputError(
                f"query {query.id!r} is of scenario {query.scenario!r}, which taxonomy {taxonomy!r} lacks; add it there"
            )


def _place_by(kept: Mapping[str, Query], order: Mapping[str, int]) -> Callable[[Item], _Place]:
    def place(item: Item) -> _Place:
        query = kept[item.query]
        return order[query.scenario], query.language, query.technique, query.rank or len(kept) + 1, query.id, item.id

    return place
