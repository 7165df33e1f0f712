"""Fitting a transcript to one juror: what it can't see or hear is put into words."""

import asyncio
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Protocol

from jury.clerk.describer import Describer
from jury.clerk.ocr import TextReader
from jury.clerk.senses import Senses, SensesOf, takes
from jury.exhibits import numbered
from jury.media import MediaStore
from jury.once import Once
from jury.records import DATA_SET, AudioPart, Case, ImagePart, MediaKind, MediaRef, TextPart, Transcript, Transcription

#: How much of what was read is kept for the next juror, in characters.
ROOM = 4 * 2**20


class Reader(Protocol):
    """Whoever can read the text in an image; asked by one thread at a time."""

    name: str

    def read(self, data: bytes) -> str | None:
        """The text, or None where it can't be read."""
        ...


class Clerk:
    """Reads exhibits out to jurors who can't see or hear. Every image is read once, beside the event loop.

    Where a `describer` is named that can take an exhibit, it is asked instead of the `reader`.
    """

    def __init__(
        self,
        media: MediaStore,
        senses: SensesOf,
        reader: Reader | None = None,
        describer: Describer | None = None,
    ) -> None:
        self._media = media
        self._senses = senses
        self._describer = describer
        self._reader = reader or TextReader()
        self._desk = ThreadPoolExecutor(1, "clerk")
        self._read: Once[str | None] = Once(lambda text: len(text or "") + 1, ROOM)

    async def fitted(
        self,
        transcript: Transcript,
        model: str,
        api_base: str | None = None,
        without: Collection[MediaKind] = (),
    ) -> Transcript:
        """The transcript as a juror of this model is handed it: as it is, or with transcriptions.

        Put into words is what the model does not take at the address of its API, and the kinds it is to do `without`.
        An image comes with the data set's description of it, if there is one, and the text that stands in it; a clip
        with the words it was made from; either with what the describer says of it, if one is named. Raises `InputError`
        where a medium is no longer in the store.
        """
        beyond = _beyond(transcript.case, self._senses(model, api_base), without)
        if not beyond:
            return transcript
        read = [await self._transcribed(number, part, transcript.case) for number, part in beyond]
        return transcript.but(transcriptions=tuple(chain.from_iterable(read)))

    async def _transcribed(self, number: int, part: ImagePart | AudioPart, case: Case) -> list[Transcription]:
        known = part.words
        found = [Transcription(kind=part.kind, number=number, by=DATA_SET, text=known)] if known else []
        by, text, calls = await self._words(part, case)
        if text is not None:
            return [*found, Transcription(kind=part.kind, number=number, by=by, text=text, calls=calls)]
        if not found:
            return [Transcription(kind=part.kind, number=number, calls=calls)]
        return [found[0].but(calls=calls)] if calls else found

    async def _words(self, part: ImagePart | AudioPart, case: Case) -> tuple[str, str | None, tuple[str, ...]]:
        """Whoever is to put an exhibit into words, the words (None where they could not be had), and the calls it took."""
        calls: tuple[str, ...] = ()
        if self._describer is not None and takes(self._describer.senses, part.kind):
            said = await self._describer.words(part, case)
            calls = said.keys
            if said.parsed is not None or takes(self._describer.senses, part.kind):
                return self._describer.name, said.parsed, calls
        if isinstance(part, ImagePart) and part.media is not None:
            return self._reader.name, await self._text_in(part.media), calls
        return "", None, calls

    async def _text_in(self, ref: MediaRef) -> str | None:
        loop = asyncio.get_running_loop()
        return await self._read.get(ref.sha256, lambda: loop.run_in_executor(self._desk, self._reading, ref))

    def _reading(self, ref: MediaRef) -> str | None:
        return self._reader.read(self._media.read(ref))


def read_by(transcript: Transcript) -> tuple[str, ...]:
    """Who put what into words, for the record: `rapidocr: image 1`, or `nobody: audio 2` where no clerk was there."""
    return tuple(f"{one.by or 'nobody'}: {one.kind} {one.number}" for one in transcript.transcriptions)


def clerk_calls(transcript: Transcript) -> tuple[str, ...]:
    """The calls of a model that put exhibits into words, each once."""
    return tuple(dict.fromkeys(key for one in transcript.transcriptions for key in one.calls))


def _beyond(case: Case, senses: Senses, without: Collection[MediaKind]) -> list[tuple[int, ImagePart | AudioPart]]:
    """The exhibits, with their numbers, that are there and that the juror can't take."""
    return [
        (number, part)
        for number, part in chain.from_iterable(numbered(case))
        if not isinstance(part, TextPart) and part.media and (part.kind in without or not takes(senses, part.kind))
    ]
