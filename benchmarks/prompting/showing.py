"""The exact messages that a juror, an officer or the foreperson would be sent on a case, with their lengths."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from benchmarks.docket import Docket, prepare, prepare_case
from benchmarks.resuming import texts_for
from benchmarks.settings import RunSettings
from benchmarks.sources import load_case
from jury.courtroom import Courtroom
from jury.errors import InputError
from jury.forums import speeches_of
from jury.gateway.spending.lengths import prompt_tokens
from jury.means import MEDIA, opened
from jury.media import MediaStore
from jury.panel import Seat
from jury.proofs import specimen_ballots, specimen_peers
from jury.records import Case, Message, Office, Outcome, Part, Statement, TextPart, Transcript
from jury.rendering import Speech
from prompts import Library

#: Speech acts of those who vote; those of a forum are named as its templates are, such as `advocate/argue`.
ACTS = ("assess", "deliberate", "reballot", "weigh", "summarise")

#: Acts that follow something that was said: it is made up here, since no model is asked.
_SPECIMENS = "ballots and statements of others are specimens: no model was asked"


@dataclass(frozen=True)
class Wanted:
    """Which messages: of which case, act and juror; `store` is the folder of a run whose texts and fences are to be used."""

    case: str | None = None
    act: str = "assess"
    juror: str | None = None
    language: str | None = None
    store: Path | None = None


async def shown(settings: RunSettings, wanted: Wanted) -> dict[str, Any]:
    """The messages as plain values. Raises `InputError` for an unknown case, act or juror."""
    with tempfile.TemporaryDirectory(prefix="jury-prompts-") as passing:
        folder = wanted.store or Path(passing)
        library = texts_for(folder, settings.prompts).library
        docket = _docket(settings, MediaStore(folder / MEDIA), library)
        case = _case(docket, wanted)
        async with opened(folder, library) as means:
            court = means.courtroom(docket.jury)
            seat = _speaker(court, wanted)
            transcript = Transcript.recorded(case)
            if court.clerk is not None and docket.jury.protocol.jurors_see_media:
                transcript = await court.clerk.fitted(transcript, seat.juror.model, seat.juror.api_base)
            speech = _speech(court, seat, transcript, wanted.act)
    return _document(docket, case, seat, wanted, speech)


def _docket(settings: RunSettings, media: MediaStore, library: Library) -> Docket:
    """The case in a JSON file before the jury, or all cases of a source."""
    if Path(settings.source).suffix == ".json":
        return prepare_case(load_case(Path(settings.source), media=media), settings, library)
    # A prompt holds no label, so that it is rendered whatever the labels say.
    return prepare(settings.but(ignore_labels=True), media, library)


def _case(docket: Docket, wanted: Wanted) -> Case:
    cases = docket.source.cases
    chosen = cases[0] if wanted.case is None else next((one for one in cases if one.id == wanted.case), None)
    if chosen is None:
        raise InputError(f"{docket.source.name} has no case {wanted.case!r}; its first is {cases[0].id!r}")
    return chosen if wanted.language is None else chosen.but(language=wanted.language)


def _speaker(court: Courtroom, wanted: Wanted) -> Seat:
    """Who is asked: the juror that is named, else the first; for the acts of officers, the officer."""
    if wanted.act == "summarise":
        return court.foreperson
    speakers = {act: speaker for speaker, act in speeches_of(court.jury.protocol)}
    if wanted.act in speakers and speakers[wanted.act] in get_args(Office):
        office: Any = speakers[wanted.act]
        return court.officer(office)
    if wanted.act not in (*ACTS, *speakers):
        raise InputError(
            f"no speech act {wanted.act!r} under protocol {court.jury.protocol.name!r}; "
            f"there are {', '.join((*ACTS, *speakers))}"
        )
    seat = next((seat for seat in court.seats if wanted.juror in (None, seat.name)), None)
    if seat is None:
        names = ", ".join(seat.name for seat in court.seats)
        raise InputError(f"panel {court.jury.panel.name!r} has no juror {wanted.juror!r}; it seats {names}")
    return seat


def _speech(court: Courtroom, seat: Seat, transcript: Transcript, act: str) -> Speech:
    jury, renderer = court.jury, court.renderer
    ballots = specimen_ballots(seat, jury.rubric)
    peers, own = specimen_peers(ballots), ballots[0]
    said = (Statement(seat="critic", speaker="critic", text="words"),)
    if act == "assess":
        return renderer.assess(seat, transcript, jury)
    if act == "deliberate":
        return renderer.deliberate(seat, transcript, jury, index=1, own=own, heard=peers)
    if act == "reballot":
        return renderer.reballot(seat, transcript, jury, own=own, heard=peers)
    if act == "weigh":
        return renderer.weigh(seat, transcript, jury, index=1, own=own, said=said)
    if act == "summarise":
        outcome = Outcome(state="decided", choice=jury.rubric.positive)
        return renderer.summarise(seat, transcript, jury, ballots=peers, outcome=outcome)
    return renderer.speak(act, seat, transcript, jury, index=1, ballots=peers, said=said)


def _document(docket: Docket, case: Case, seat: Seat, wanted: Wanted, speech: Speech) -> dict[str, Any]:
    return {
        "case": case.id,
        "jury": docket.jury.name,
        "act": wanted.act,
        "juror": seat.name,
        "model": seat.juror.model,
        "template": speech.template.model_dump(mode="json"),
        "messages": [
            {"role": message.role, "parts": [_part(part) for part in message.parts]} for message in speech.messages
        ],
        "tokens": prompt_tokens(speech.messages),
        "notes": list(_notes(wanted, speech.messages)),
    }


def _part(part: Part) -> dict[str, Any]:
    """A text in full; an image or a clip by what it is."""
    if isinstance(part, TextPart):
        return {"kind": "text", "text": part.text}
    media = part.media.model_dump(mode="json") if part.media else None
    return {"kind": part.kind, "media": media}


def _notes(wanted: Wanted, _: tuple[Message, ...]) -> Iterator[str]:
    yield "tokens are reckoned at 3 ASCII or 0.7 Chinese characters each, 1,600 an image, 32 a second of audio"
    if wanted.act != "assess":
        yield _SPECIMENS
    if wanted.store is None:
        yield "fences carry markers of a store of their own; --store RUN uses those of a run, byte for byte"
