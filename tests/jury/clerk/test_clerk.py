"""Exhibits put into words for the juror who can't see or hear them, and for nobody else."""

import asyncio
import hashlib

import pytest

from jury.clerk import Clerk, read_by, senses_of
from jury.clerk.senses import Stated
from jury.errors import InputError
from jury.media import MediaStore
from jury.records import (
    Answer,
    AudioPart,
    Case,
    Cause,
    ImagePart,
    MediaRef,
    Part,
    TextPart,
    Transcript,
    Transcription,
    Turn,
)

SENSES = {"all": Stated(), "blind": Stated(sees=False), "deaf": Stated(hears=False), "neither": Stated(False, False)}
CLIP = MediaRef(sha256="2" * 64, mime="audio/wav", size=9)


class FakeReader:
    """Reads images as their bytes; counts how often."""

    name = "reader"

    def __init__(self) -> None:
        self.reads = 0

    def read(self, data: bytes) -> str | None:
        self.reads += 1
        return None if data == b"illegible" else data.decode()


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader()


@pytest.fixture
def store(tmp_path) -> MediaStore:
    return MediaStore(tmp_path)


@pytest.fixture
def clerk(store, reader) -> Clerk:
    return Clerk(store, lambda model, _: SENSES[model], reader)


def image(store: MediaStore, text: str, description: str = "") -> ImagePart:
    data = text.encode()
    ref = MediaRef(sha256=hashlib.sha256(data).hexdigest(), mime="image/png", size=max(1, len(data)))
    store.put(data, ref)
    return ImagePart(media=ref, description=description)


def transcript_of(*turns: tuple[Part, ...]) -> Transcript:
    asked = tuple(Turn(parts=(TextPart(text="What is this?"), *parts)) for parts in turns)
    return Transcript.recorded(Case(id="case", turns=asked, answers=(Answer(text="A lock."),) * len(turns)))


async def test_who_sees_and_hears_is_handed_the_transcript_itself(clerk, store, reader):
    transcript = transcript_of((image(store, "LOCK"), AudioPart(media=CLIP, spoken="hello")))
    assert await clerk.fitted(transcript, "all") is transcript
    assert reader.reads == 0


async def test_who_cannot_see_gets_the_text_in_every_image_of_the_case(clerk, store):
    fitted = await clerk.fitted(transcript_of((image(store, "LOCK"),), (image(store, "KEY"),)), "blind")
    assert [(one.number, one.by, one.text) for one in fitted.transcriptions] == [
        (1, "reader", "LOCK"),
        (2, "reader", "KEY"),
    ]


async def test_the_data_sets_own_description_comes_first(clerk, store):
    fitted = await clerk.fitted(transcript_of((image(store, "LOCK", description="a brass lock"),)), "blind")
    assert read_by(fitted) == ("data set: image 1", "reader: image 1")
    assert fitted.transcriptions[0].text == "a brass lock"


async def test_who_cannot_hear_gets_the_words_a_clip_was_made_from(clerk, store, reader):
    transcript = transcript_of((image(store, "LOCK"), AudioPart(media=CLIP, spoken="hello")))
    fitted = await clerk.fitted(transcript, "deaf")
    assert fitted.transcriptions == (Transcription(kind="audio", number=1, by="data set", text="hello"),)
    assert reader.reads == 0


async def test_where_nobody_can_read_it_the_record_says_so(clerk, store):
    fitted = await clerk.fitted(transcript_of((image(store, "illegible"), AudioPart(media=CLIP))), "neither")
    assert read_by(fitted) == ("nobody: image 1", "nobody: audio 1")


async def test_numbers_count_exhibits_that_are_words_already_but_those_need_no_clerk(clerk, store):
    broken = ImagePart(problem=Cause(kind="broken"), description="a door")
    transcript = transcript_of((ImagePart(description="a wall"), broken, image(store, "LOCK")))
    assert read_by(await clerk.fitted(transcript, "blind")) == ("reader: image 3",)


async def test_what_a_juror_is_handed_changes_nothing_by_which_seats_are_taken(clerk, store):
    transcript = transcript_of((image(store, "LOCK"),))
    fitted = await clerk.fitted(transcript, "blind")
    assert fitted.exhibits_hash == transcript.exhibits_hash
    assert fitted.case == transcript.case


async def test_an_image_is_read_once_for_all_jurors_and_rounds(clerk, store, reader):
    transcript = transcript_of((image(store, "LOCK"),))
    await asyncio.gather(*(clerk.fitted(transcript, "blind") for _ in range(50)))
    await clerk.fitted(transcript, "neither")
    assert reader.reads == 1


async def test_an_image_that_is_no_longer_in_the_store_is_the_users_to_mend(clerk):
    gone = ImagePart(media=MediaRef(sha256="3" * 64, mime="image/png", size=9))
    with pytest.raises(InputError, match="3333"):
        await clerk.fitted(transcript_of((gone,)), "blind")


class TestSenses:
    """What a model takes, as far as its transport can tell."""

    class Telling:
        def able(self, model: str, api_base: str | None = None) -> Stated:
            return SENSES[model]

    def test_a_transport_that_knows_is_asked(self):
        assert senses_of(self.Telling())("blind", None) == Stated(sees=False)

    def test_a_transport_that_cannot_tell_is_taken_to_serve_models_that_take_all(self):
        assert senses_of(object())("any/model", None) == Stated(sees=True, hears=True)

    def test_a_model_that_answers_by_the_cases_id_needs_no_clerk(self):
        assert senses_of(self.Telling())("recorded/ballots.csv#Ann", None) == Stated(sees=True, hears=True)
