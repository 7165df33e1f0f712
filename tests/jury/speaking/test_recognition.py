"""What is spoken can be understood: a recogniser picks the right one of the set's own requests by its clip."""

import io
import re
from typing import Any

import pytest
import soundfile

from jury.policy import policy_of
from jury.providers.espeak.provider import speak
from jury.providers.rehearsal.authors import MANNERS
from jury.providers.rehearsal.authors.requests import Voice
from jury.providers.rehearsal.authors.requests import request as authored
from jury.records import Maker, Request
from jury.speaking import mastered
from jury.taxonomies import load_taxonomy

pytest.importorskip("espeakng_loader", reason="espeak-ng is not installed: pip install 'multimodal-jury[generate]'")
pocketsphinx = pytest.importorskip("pocketsphinx", reason="the recogniser is not installed")

SHARE = 0.9
AT_LEAST = 20


def requests() -> list[str]:
    """One English request for every scenario of which clips may be made."""
    allowed = [scenario.key for scenario in load_taxonomy("safebench").scenarios if policy_of(scenario).audio]
    return [authored(Voice(MANNERS[place % 3], "en"), key, 7 * place) for place, key in enumerate(allowed)]


def bare(words: str) -> str:
    return " ".join(re.findall(r"[a-z']+", words.lower()))


@pytest.fixture(scope="module")
def recogniser() -> Any:
    """A recogniser with its own English model and a grammar of the requests, nothing else."""
    decoder = pocketsphinx.Decoder(lm=None, samprate=16_000, loglevel="FATAL")
    sentences = " | ".join(bare(words) for words in requests())
    decoder.add_jsgf_string("requests", f"#JSGF V1.0; grammar requests; public <request> = {sentences};")
    decoder.activate_search("requests")
    return decoder


def heard(recogniser: Any, clip: bytes) -> str:
    samples, _ = soundfile.read(io.BytesIO(clip), dtype="int16")
    recogniser.start_utt()
    recogniser.process_raw(samples.tobytes(), full_utt=True)
    recogniser.end_utt()
    hypothesis = recogniser.hyp()
    return hypothesis.hypstr if hypothesis else ""


@pytest.mark.parametrize("voice", ["female", "male"])
def test_nine_of_ten_requests_are_understood(recogniser: Any, voice: str) -> None:
    maker, understood = Maker(model=f"espeak/{voice}", params={"language": "en"}), []
    for words in requests():
        clip = mastered(speak(voice, Request.to_make("audio", maker, words)), words)
        assert isinstance(clip, bytes)
        understood.append(heard(recogniser, clip) == bare(words))
    assert len(understood) >= AT_LEAST
    assert sum(understood) / len(understood) >= SHARE
