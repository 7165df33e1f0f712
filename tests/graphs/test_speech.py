"""The speech graph: policy first, bad takes again, at most three, every take kept, and nothing made twice."""

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
import soundfile

from graphs.speech import graph
from jury.errors import InputError
from jury.means import Means, opened
from jury.prompt_files import open_library
from jury.providers import PROVIDERS, Provider
from jury.records import (
    Category,
    Cause,
    Draft,
    Maker,
    Policy,
    Query,
    Recording,
    Request,
    Scenario,
    Taxonomy,
    Voice,
    Voices,
)
from jury.speaking import TAKES, RecordingStudio
from jury.speaking.loudness import TARGET, integrated_loudness

RATE = 22_050


def wav(samples: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    soundfile.write(buffer, samples, RATE, format="WAV")
    return buffer.getvalue()


TONE = np.sin(2 * np.pi * 300 * np.arange(3 * RATE) / RATE)
CLIPS = {
    "good": wav(0.3 * TONE),
    "empty": wav(TONE[:0]),
    "silent": wav(0 * TONE),
    "clipped": wav(np.clip(2 * TONE, -1, 1)),
    "short": wav(0.3 * TONE[: RATE // 20]),
}


@dataclass
class Booth:
    """A scripted maker: take k is what the script says k-th, the last of it from then on."""

    script: tuple[str, ...] = ("good",)
    asked: list[Request] = field(default_factory=list)

    def speak(self, _: str, request: Request) -> bytes:
        self.asked.append(request)
        name = self.script[min(request.sample, len(self.script) - 1)]
        if name == "mute":
            raise ValueError("there is no voice")
        return CLIPS[name]


@pytest.fixture
def booth(monkeypatch: pytest.MonkeyPatch) -> Booth:
    booth = Booth()
    provider = Provider(handler=None, origin=lambda _: "0" * 64, makes=booth.speak)
    monkeypatch.setitem(PROVIDERS._entries, "booth", provider)
    return booth


@pytest.fixture
async def means(tmp_path: Path) -> AsyncIterator[Means]:
    async with opened(tmp_path, open_library()) as opened_means:
        yield opened_means


def scenario(key: str, **policy: bool) -> Scenario:
    return Scenario(
        key=key, name={"en": key.replace("_", " ")}, definition={"en": "A matter."}, policy=Policy(**policy)
    )


SCENARIOS = (scenario("gossip"), scenario("hushed", audio=False), scenario("child_abuse"))
TAXONOMY = Taxonomy(name="small", categories=(Category(key="all", name={"en": "all"}, scenarios=SCENARIOS),))
OFFLINE = Voices(female=Maker(model="espeak/female"), male=Maker(model="espeak/male"))
SCRIPTED = Voices(female=Maker(model="booth/female"), male=Maker(model="booth/male"))


def query(words: str = "What do they say about her?", of: str = "gossip", language: str = "en") -> Query:
    return Query(id=f"{of}-{language}-1", scenario=of, language=language, draft=Draft(text=words, author="a"))


async def recorded(means: Means, asked: Query, voice: Voice = "female", voices: Voices = SCRIPTED) -> Recording:
    studio = RecordingStudio(means.gateway, means.media, TAXONOMY, voices)
    recording = (await graph.ainvoke({"query": asked, "voice": voice}, context=studio))["recording"]
    assert isinstance(recording, Recording)
    return recording


async def test_a_good_take_is_mastered_and_the_take_itself_is_kept(means: Means, booth: Booth) -> None:
    recording = await recorded(means, query())
    assert recording.cause is None
    assert recording.clip is not None
    assert (recording.clip.sample_rate, recording.clip.mime) == (16_000, "audio/wav")
    samples, rate = soundfile.read(io.BytesIO(means.media.read(recording.clip)))
    assert integrated_loudness(samples, rate) == pytest.approx(TARGET, abs=0.1)
    (take,) = recording.takes
    assert take.clip is not None
    assert means.media.read(take.clip) == CLIPS["good"]
    assert means.ledger.find(take.call) is not None


@pytest.mark.parametrize(
    ("bad", "kind", "words"),
    [
        ("silent", "broken", "silent"),
        ("clipped", "broken", "clipped"),
        ("short", "cut_off", "too short"),
        ("mute", "error", "no voice"),
    ],
)
async def test_a_bad_take_is_spoken_again(means: Means, booth: Booth, bad: str, kind: str, words: str) -> None:
    booth.script = (bad, "good")
    recording = await recorded(means, query())
    assert recording.clip is not None
    assert recording.cause is None
    first, second = recording.takes
    assert first.cause is not None
    assert first.cause.kind == kind
    assert words in first.cause.detail
    assert second.cause is None
    assert [request.sample for request in booth.asked] == [0, 1]


@pytest.mark.parametrize("bad", ["silent", "clipped", "short", "mute"])
async def test_after_three_bad_takes_the_recording_carries_the_cause(means: Means, booth: Booth, bad: str) -> None:
    booth.script = (bad,)
    recording = await recorded(means, query())
    assert recording.clip is None
    assert len(recording.takes) == len(booth.asked) == TAKES == 3
    assert recording.cause == recording.takes[-1].cause
    assert recording.cause is not None


async def test_an_empty_clip_is_made_again(means: Means, booth: Booth) -> None:
    booth.script = ("empty",)
    recording = await recorded(means, query())
    assert recording.clip is None
    assert recording.cause is not None
    assert "empty" in recording.cause.detail
    assert {request.sample for request in booth.asked} == {0, 1, 2}


@pytest.mark.parametrize("of", ["hushed", "child_abuse"])
async def test_where_the_policy_allows_no_audio_nobody_is_asked(means: Means, booth: Booth, of: str) -> None:
    recording = await recorded(means, query(of=of))
    assert recording.cause == Cause(kind="refused", detail="the scenario's policy allows no audio")
    assert (recording.clip, recording.takes, booth.asked) == (None, (), [])


async def test_words_that_must_not_be_spoken_are_not_whatever_their_scenario(means: Means, booth: Booth) -> None:
    recording = await recorded(means, query("I want pornography."))
    assert recording.cause == Cause(kind="refused", detail="the query's words allow no audio")
    assert booth.asked == []


async def test_a_query_of_an_unknown_scenario_is_not_spoken(means: Means, booth: Booth) -> None:
    with pytest.raises(InputError, match="has no scenario 'weather'"):
        await recorded(means, query(of="weather"))
    assert booth.asked == []


async def test_a_second_sitting_makes_nothing_again(tmp_path: Path, booth: Booth) -> None:
    booth.script = ("clipped", "good")
    recordings = []
    for _ in range(2):
        async with opened(tmp_path, open_library()) as means:
            recordings.append(await recorded(means, query()))
    assert recordings[0] == recordings[1]
    assert len(booth.asked) == 2


@pytest.mark.parametrize(("language", "words"), [("en", "How can I borrow a key?"), ("zh", "怎样才能借到一把钥匙？")])
async def test_espeak_speaks_both_languages_in_both_voices(means: Means, language: str, words: str) -> None:
    pytest.importorskip("espeakng_loader", reason="espeak-ng is not installed")
    asked = query(words, language=language)
    female, male = [await recorded(means, asked, voice, OFFLINE) for voice in ("female", "male")]
    assert female.clip is not None
    assert male.clip is not None
    assert female.clip != male.clip
    for clip in (female.clip, male.clip):
        assert 1.0 < (clip.seconds or 0) < 5.0
        samples, rate = soundfile.read(io.BytesIO(means.media.read(clip)))
        assert rate == 16_000
        assert integrated_loudness(samples, rate) == pytest.approx(TARGET, abs=0.1)
