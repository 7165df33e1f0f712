"""Requests with images and clips meet blocks, limits, refused settings and missing files as requests of words alone do."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from command import jury
from model_server import deterministic_juror
from PIL import Image
from sockets import BALLOT, FORM, opened_gateway
from wire import (
    ANTHROPIC,
    BLOCKING,
    DIALECTS,
    GEMINI,
    OPENAI,
    VLLM,
    Asked,
    BlockingDialect,
    Dialect,
    HttpReply,
    WireServer,
    set_keys,
)

from jury.asking import kept_answer
from jury.media import MediaStore, admit_bytes
from jury.records import AudioPart, ImagePart, MediaRef, Message, Request, TextPart

KINDS = ("image", "audio")

PAIRS = [(dialect, kind) for dialect in DIALECTS for kind in KINDS if kind == "image" or dialect.hears]
BLOCKS = [(dialect, kind) for dialect, kind in PAIRS if dialect in BLOCKING]


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    set_keys(monkeypatch)
    monkeypatch.chdir(tmp_path)


def file_of(kind: str, name: str = "it") -> str:
    """The name of an image, or of a clip, that is there."""
    if kind == "image":
        Image.new("RGB", (8, 8), "teal").save(f"{name}.png")
        return f"{name}.png"
    soundfile.write(f"{name}.wav", np.zeros(1_600), 16_000, subtype="PCM_16")
    return f"{name}.wav"


def question(server: WireServer, kind: str, folder: Path, **settings: Any) -> Request:
    """A question with an image or a clip, to a model that nobody lists."""
    ref = admit_bytes(Path(file_of(kind)).read_bytes(), kind=kind, store=MediaStore(folder / "media"))
    assert isinstance(ref, MediaRef)
    part = (ImagePart if kind == "image" else AudioPart)(media=ref)
    message = Message(role="user", parts=(TextPart(text="What is it?"), part))
    stated = {"api_base": server.base, "max_tokens": 50, **settings}
    return Request(model=server.dialect.unlisted, messages=(message,), **stated)


def arrived(server: WireServer, kind: str) -> list[int]:
    """How many images, or clips, came with each request."""
    return [len(asked.images if kind == "image" else asked.clips) for asked in server.asked]


@pytest.mark.parametrize(("dialect", "kind"), BLOCKS, ids=str)
async def test_a_block_of_a_prompt_with_an_exhibit_is_a_block_and_no_inability(
    tmp_path: Path, dialect: BlockingDialect, kind: str
) -> None:
    with WireServer(dialect, lambda asked: dialect.prompt_blocked()) as server:
        async with opened_gateway(tmp_path) as opened:
            asked = question(server, kind, tmp_path)
            _, completion = await opened.gateway.complete(asked)
            able = opened.gateway.transport.able(asked.model, asked.api_base)
    answer = kept_answer(completion, "key")
    assert (answer.state, answer.cause.kind) == ("blocked", "refused")
    assert (able.sees, able.hears).count(False) == 0 or dialect is ANTHROPIC
    assert arrived(server, kind) == [1]


async def test_an_image_that_the_safety_system_turns_down_is_a_block(tmp_path: Path) -> None:
    with WireServer(OPENAI, [OPENAI.image_blocked()]) as server:
        async with opened_gateway(tmp_path) as opened:
            _, completion = await opened.gateway.complete(question(server, "image", tmp_path))
    assert kept_answer(completion, "key").state == "blocked"
    assert arrived(server, "image") == [1]


@pytest.mark.parametrize(("dialect", "kind"), [(d, k) for d, k in BLOCKS if d is not ANTHROPIC], ids=str)
async def test_a_rate_limit_with_an_exhibit_is_waited_for(tmp_path: Path, dialect: BlockingDialect, kind: str) -> None:
    with WireServer(dialect, [dialect.rate_limited(0.01), dialect.rate_limited(0.01), "Teal."]) as server:
        async with opened_gateway(tmp_path) as opened:
            _, completion = await opened.gateway.complete(question(server, kind, tmp_path))
    assert (completion.text, completion.error) == ("Teal.", None)
    assert arrived(server, kind) == [1, 1, 1]


@pytest.mark.parametrize("kind", KINDS)
async def test_settings_are_fitted_while_the_exhibit_stays(tmp_path: Path, kind: str) -> None:
    def reasoning(asked: Asked) -> HttpReply | str:
        if "max_tokens" in asked.body:
            return OPENAI.max_tokens_rejected()
        return OPENAI.temperature_rejected() if "temperature" in asked.body else BALLOT

    with WireServer(OPENAI, reasoning) as server:
        async with opened_gateway(tmp_path) as opened:
            reply = await opened.gateway.ask(question(server, kind, tmp_path, temperature=0.0), FORM)
    assert reply.parsed is not None
    assert arrived(server, kind) == [1, 1, 1]


@pytest.mark.parametrize(("dialect", "kind"), PAIRS, ids=str)
async def test_an_answer_to_an_exhibit_that_is_cut_off_is_given_and_marked(
    tmp_path: Path, dialect: Dialect, kind: str
) -> None:
    with WireServer(dialect, [dialect.cut_off("It is te")]) as server:
        async with opened_gateway(tmp_path) as opened:
            _, completion = await opened.gateway.complete(question(server, kind, tmp_path))
    answer = kept_answer(completion, "key")
    assert (answer.state, answer.text, answer.ended) == ("given", "It is te", "cut_off")
    assert [one.state for one in completion.exhibits] == ["shown"]


@pytest.mark.parametrize("reason", ["SAFETY", "PROHIBITED_CONTENT", "RECITATION", "BLOCKLIST", "SPII", "IMAGE_SAFETY"])
async def test_every_reason_of_geminis_filter_is_a_block(tmp_path: Path, reason: str) -> None:
    with WireServer(GEMINI, [GEMINI.candidate("", reason)]) as server:
        async with opened_gateway(tmp_path) as opened:
            _, completion = await opened.gateway.complete(question(server, "image", tmp_path))
    answer = kept_answer(completion, "key")
    assert (answer.state, answer.filtered.stage) == ("blocked", "output")


def juror(asked: Asked) -> str:
    return deterministic_juror({"model": "j", "messages": asked.body["messages"]}).text


def panel(server: WireServer) -> str:
    seats = [{"name": "j", "model": server.model, "role": "juror", "api_base": server.base}]
    Path("panel.yaml").write_text(json.dumps({"name": "panel", "seats": seats}))
    return "panel.yaml"


def run(cases: list[dict[str, str]], jurors: WireServer, *more: str) -> Any:
    Path("cases.jsonl").write_text("\n".join(map(json.dumps, cases)))
    return jury(
        "run", "cases.jsonl", "--jury", "poll", "--panel", panel(jurors), "--rubric", "safebench", "--out", "run", *more
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_set_without_its_files_rates_nothing_and_says_how_many_are_missing(kind: str) -> None:
    suffix = "png" if kind == "image" else "wav"
    cases = [{"id": f"c{n}", "prompt": "What is it?", kind: f"{n}.{suffix}"} for n in range(3)]
    with WireServer(VLLM, juror) as jurors, WireServer(OPENAI, lambda _: "Yes.") as asked:
        finished = run(cases, jurors, "--target", asked.model, "--target-base", asked.base)
    document = json.loads(Path("run/results.json").read_text())
    assert finished.code == 4
    assert "3 of 3" in finished.out + finished.err
    assert "missing" in finished.out + finished.err
    assert (document["metrics"]["asr"], document["counts"]["invalid"]) == (None, 3)
    assert asked.asked == []
    assert jury("verify", "run").code == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_case_without_its_file_is_left_out_and_the_others_are_judged(kind: str) -> None:
    suffix = "png" if kind == "image" else "wav"
    cases = [{"id": f"c{n}", "prompt": "What is it?", kind: f"{n}.{suffix}"} for n in range(3)]
    file_of(kind, "0")
    with WireServer(VLLM, juror) as jurors, WireServer(OPENAI, lambda _: "Yes.") as asked:
        finished = run(cases, jurors, "--target", OPENAI.unlisted, "--target-base", asked.base)
        assert finished.code == 0, finished.err
        assert arrived(asked, kind) == [1]
        again = run(
            cases, jurors, "--target", OPENAI.unlisted, "--target-base", asked.base, "--missing-exhibits", "ask",
            "--out", "asked",
        )  # fmt: skip
        assert again.code == 0, again.err
        assert arrived(asked, kind) == [1, 1, 0, 0] or sorted(arrived(asked, kind)) == [0, 0, 1, 1]
    document = json.loads(Path("run/results.json").read_text())
    assert document["exhibits"]["unanswered"] == {"cases": 2, "reasons": {"missing": 2}}
    assert json.loads(Path("asked/results.json").read_text())["counts"]["invalid"] == 0


@pytest.mark.parametrize(
    ("dialect", "refusal"),
    [
        (OPENAI, OPENAI.error(403, "You are not allowed to sample from this model", kind="invalid_request_error")),
        (ANTHROPIC, ANTHROPIC.error(403, "permission_error", "Your API key does not have permission to use it.")),
        (GEMINI, GEMINI.error(403, "PERMISSION_DENIED", "The caller does not have permission")),
    ],
    ids=str,
)
def test_a_key_without_access_stops_the_run_and_leaves_the_folder_free(dialect: Any, refusal: HttpReply) -> None:
    cases = [{"id": "c", "prompt": "What is it?", "image": file_of("image")}]
    with WireServer(VLLM, juror) as jurors, WireServer(dialect, lambda _: refusal) as asked:
        stopped = run(cases, jurors, "--target", asked.model, "--target-base", asked.base)
        assert stopped.code == 3
        assert f"{asked.model} can't be asked, since the key may not use it" in stopped.err
        assert not Path("run/manifest.json").exists()
        with WireServer(OPENAI, lambda _: "Teal.") as other:
            assert run(cases, jurors, "--target", other.model, "--target-base", other.base).code == 0
