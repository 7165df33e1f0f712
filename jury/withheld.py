"""Images and clips that a target can't be shown: which they are, why, and what is sent in their place."""

from collections.abc import Collection, Iterator, Mapping
from itertools import chain

from jury.exhibits import numbered
from jury.records import (
    AudioPart,
    Case,
    Cause,
    Completion,
    Delivery,
    Hindrance,
    ImagePart,
    MediaKind,
    Message,
    Part,
    TextPart,
)

#: Why exhibits of some kinds are left out of a request.
Hindered = Mapping[MediaKind, Hindrance]

_TAKES_NONE: dict[MediaKind, str] = {"image": "takes no images", "audio": "takes no audio"}

_WAY_OUT = "name a model that does, state in --models that it does, or ask all the same with --missing-exhibits ask"


def filed(case: Case) -> Iterator[tuple[int, ImagePart | AudioPart]]:
    """The images and clips, with their numbers, that the case has a file for or should have one for."""
    for number, part in chain.from_iterable(numbered(case)):
        if not isinstance(part, TextPart) and (part.media or part.problem):
            yield number, part


def lacking_of(case: Case, unable: Collection[MediaKind] = ()) -> tuple[Delivery, ...]:
    """What a case has that can't be shown: files with a problem, and kinds that the model is `unable` to take."""
    hindered = (
        (number, part, part.hindrance or ("unable" if part.kind in unable else None)) for number, part in filed(case)
    )
    return tuple(
        Delivery(kind=part.kind, number=number, state="withheld", reason=reason)
        for number, part, reason in hindered
        if reason is not None
    )


def cause_of(case: Case, lacking: Collection[Delivery], model: str) -> Cause:
    """Why a case is not asked, in a sentence about the first exhibit that can't be shown, and how many more there are."""
    first, *others = lacking
    part = next(part for number, part in filed(case) if (part.kind, number) == (first.kind, first.number))
    if part.problem is None:
        words = f"{model} {_TAKES_NONE[first.kind]}, as LiteLLM's list, --models or its server says; {_WAY_OUT}"
    else:
        words = f"is {first.reason}: {part.problem.detail}"
    more = f" (and {len(others)} more)" if others else ""
    return Cause(kind="exhibit", detail=f"{first.kind} {first.number}{more}: {words}"[:2000])


def refused_in(completion: Completion) -> Hindered:
    """The kinds of exhibits that a model turned down, so that there is no answer; none where that is not why."""
    if completion.error is None or completion.error.kind != "exhibit":
        return {}
    return {one.kind: one.reason for one in completion.exhibits if one.state == "withheld" and one.reason is not None}


def without(messages: tuple[Message, ...], hindered: Hindered) -> tuple[Message, ...]:
    """The messages with words in the place of every exhibit of some kinds: the target is told that it is not given it."""
    if not hindered:
        return messages
    return tuple(message.but(parts=tuple(_left_out(part, hindered) for part in message.parts)) for message in messages)


def given(case: Case, sent: Collection[Delivery], *, whole: bool) -> tuple[Delivery, ...]:
    """What a target was given of the case's exhibits that have a file, by what became of those in its last request.

    Where the `whole` case was answered, an exhibit that the call says nothing of is `unrecorded`: earlier releases made
    such calls.
    """
    told = {(one.kind, one.number): one for one in sent}
    found = [(told.get((part.kind, number)), part.kind, number) for number, part in filed(case)]
    unknown = [one or Delivery(kind=kind, number=number, state="unrecorded") for one, kind, number in found]
    return tuple(unknown) if whole else tuple(one for one, _, _ in found if one is not None)


def _left_out(part: Part, hindered: Hindered) -> Part:
    if isinstance(part, TextPart) or part.media is None or part.kind not in hindered:
        return part
    return part.but(media=None, problem=Cause(kind=hindered[part.kind]))
