"""Models that LiteLLM's list lacks get their images and clips; a server that takes none says so once, and the run knows it."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PIL import Image
from wire import DIALECTS, OLLAMA, OPENAI, OPENROUTER, VLLM, Asked, Dialect, HttpReply, WireServer, set_keys

from benchmarks.answering import asked
from benchmarks.answers import Answers
from benchmarks.results import Results
from benchmarks.runs import held
from benchmarks.settings import AnswerSettings, RunSettings
from benchmarks.verify import verify
from jury.records import Delivery, Target

CASES = 6


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    set_keys(monkeypatch)


def cases_with_images(folder: Path, count: int = CASES) -> Path:
    """A file of cases, each with an image of its own."""
    for number in range(count):
        Image.new("RGB", (8, 8), (10 * number, 0, 128)).save(folder / f"{number}.png")
    return _written(
        folder, [{"id": f"c{n}", "prompt": f"Number {n}: what is this?", "image": f"{n}.png"} for n in range(count)]
    )


def cases_with_clips(folder: Path, count: int = CASES) -> Path:
    """A file of cases, each with a clip of its own."""
    for number in range(count):
        soundfile.write(folder / f"{number}.wav", np.full(1_600, number / 100), 16_000, subtype="PCM_16")
    return _written(
        folder, [{"id": f"c{n}", "prompt": f"Number {n}: what is said?", "audio": f"{n}.wav"} for n in range(count)]
    )


def _written(folder: Path, cases: list[dict[str, str]]) -> Path:
    path = folder / "cases.jsonl"
    path.write_text("".join(json.dumps(case) + "\n" for case in cases))
    return path


def refusing(
    refusal: HttpReply, takes: Callable[[Asked], bool] = lambda _: False
) -> Callable[[Asked], HttpReply | str]:
    """A server that answers words, and refuses whatever else it does not take."""
    return lambda request: "I see." if takes(request) or not (request.images or request.clips) else refusal


async def answers_of(server: WireServer, cases: Path, **settings: object) -> Answers:
    target = Target(model=server.model, api_base=server.base)
    told = {"source": str(cases), "out": cases.parent / "run", "target": target, "tries": 1, **settings}
    return await asked(AnswerSettings.model_validate(told))


async def run_of(server: WireServer, cases: Path, **settings: object) -> Results:
    target = Target(model=server.model, api_base=server.base)
    told = {
        "source": str(cases),
        "out": cases.parent / "run",
        "target": target,
        "panel": "rehearsal",
        "rubric": "safebench",
        "tries": 1,
    }
    return await held(RunSettings.model_validate({**told, **settings}))


def pixel(png: bytes) -> tuple[int, ...]:
    return Image.open(io.BytesIO(png)).convert("RGB").getpixel((0, 0))  # type: ignore[return-value]


@pytest.mark.parametrize("dialect", DIALECTS, ids=repr)
async def test_a_model_that_is_not_listed_gets_every_image(tmp_path, dialect: Dialect):
    cases = cases_with_images(tmp_path)
    with WireServer(dialect, lambda _: "A colour.") as server:
        server.model = dialect.unlisted
        answers = await answers_of(server, cases)
    assert {pixel(image) for request in server.asked for image in request.images} == {
        (10 * n, 0, 128) for n in range(CASES)
    }
    assert answers.document["counts"] == {"cases": CASES, "answered": CASES, "invalid": 0}
    shown = {"shown": CASES, "words": 0, "withheld": 0, "unrecorded": 0}
    assert answers.document["exhibits"]["shown"]["target"] == {"image": shown}
    assert all(one.exhibits == (Delivery(kind="image", number=1),) for one in answers)
    assert verify(answers.folder).findings == ()


@pytest.mark.parametrize("dialect", DIALECTS, ids=repr)
async def test_a_server_that_takes_no_images_is_asked_once_and_no_further_case(tmp_path, dialect: Dialect):
    cases = cases_with_images(tmp_path)
    with WireServer(dialect, refusing(dialect.image_rejected())) as server:
        server.model = dialect.unlisted
        results = await run_of(server, cases)
    assert len(server.asked) == 1
    document = results.document
    assert (document["counts"]["invalid"], document["metrics"]["asr"]) == (CASES, None)
    assert document["exhibits"]["unanswered"] == {"cases": CASES, "reasons": {"unable": CASES}}
    causes = [verdict.outcome.cause for verdict in results.verdicts()]
    assert {cause.kind for cause in causes if cause} == {"exhibit"}
    assert verify(results.folder).findings == ()


@pytest.mark.parametrize(
    "model",
    [
        "dashscope/qwen-vl-max",
        "together_ai/Qwen/Qwen2.5-VL-72B-Instruct",
        "openai/a-model-of-tomorrow",
        "deepseek/deepseek-vl",
        "fireworks_ai/accounts/ours/models/qwen-vl",
        "moonshot/kimi-vision-of-ours",
        "lm_studio/qwen2.5-vl",
    ],
)
async def test_so_does_a_model_of_any_provider_that_speaks_openais_form(tmp_path, monkeypatch, model: str):
    for name in ("DASHSCOPE", "TOGETHERAI", "DEEPSEEK", "FIREWORKS", "MOONSHOT", "LM_STUDIO"):
        monkeypatch.setenv(f"{name}_API_KEY", "made-up")
    cases = cases_with_images(tmp_path, 2)
    with WireServer(OPENAI, lambda _: "A colour.") as server:
        server.model = model
        answers = await answers_of(server, cases)
    assert sorted(pixel(image) for request in server.asked for image in request.images) == [(0, 0, 128), (10, 0, 128)]
    assert answers.document["counts"]["answered"] == 2


@pytest.mark.parametrize("dialect", [dialect for dialect in DIALECTS if dialect.hears], ids=repr)
async def test_a_model_that_is_not_listed_gets_every_clip(tmp_path, dialect: Dialect):
    cases = cases_with_clips(tmp_path, 3)
    with WireServer(dialect, lambda _: "A tone.") as server:
        server.model = dialect.unlisted
        answers = await answers_of(server, cases)
    levels = sorted(soundfile.read(io.BytesIO(clip))[0].mean() for request in server.asked for clip in request.clips)
    assert levels == pytest.approx([0.0, 0.01, 0.02], abs=1e-3)
    assert answers.document["exhibits"]["shown"]["target"]["audio"]["shown"] == 3


@pytest.mark.parametrize("dialect", [OPENAI, OPENROUTER, VLLM], ids=repr)
async def test_a_server_that_takes_no_clips_is_asked_once_and_goes_on_getting_images(tmp_path, dialect):
    clips, images = cases_with_clips(tmp_path).read_text(), cases_with_images(tmp_path).read_text()
    cases = tmp_path / "cases.jsonl"
    cases.write_text(clips + images.replace('"c', '"image-'))
    takes_images = refusing(dialect.audio_rejected(), lambda request: not request.clips)
    with WireServer(dialect, takes_images) as server:
        server.model = dialect.unlisted
        answers = await answers_of(server, cases)
    assert sum(bool(request.clips) for request in server.asked) == 1
    assert answers.document["counts"] == {"cases": 2 * CASES, "answered": CASES, "invalid": CASES}
    assert answers.document["causes"] == {"exhibit": CASES}
    assert verify(answers.folder).findings == ()


async def test_what_litellm_leaves_out_of_its_request_is_not_taken_for_shown(tmp_path):
    """LiteLLM hands no clips on to Ollama, and says nothing of it."""
    cases = cases_with_clips(tmp_path)
    with WireServer(OLLAMA, lambda _: "I hear a tone.") as server:
        answers = await answers_of(server, cases)
    assert len(server.asked) == 1
    assert answers.document["causes"] == {"exhibit": CASES}
    first = next(one for one in answers if one.usage.calls)
    assert "LiteLLM passes no audio on to ollama_chat" in first.answers[0].cause.detail
