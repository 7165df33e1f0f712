"""Images and clips on their way to models: each provider's own form, encoded once, withheld from the blind and deaf."""

import asyncio
import base64
import io
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from model_server import ModelServer
from PIL import Image
from structlog.testing import capture_logs

from jury.gateway.route import exhibits as room
from jury.gateway.route.exhibits import Exhibits
from jury.means import opened
from jury.media import MediaStore, inspect_audio, inspect_image
from jury.prompt_files import open_library
from jury.records import AudioPart, ImagePart, MediaRef, Message, ModelFacts, Part, Request, TextPart

MODEL = "hosted_vllm/local"
TAKES_ALL = {MODEL: ModelFacts(sees=True, hears=True)}
TAKES_WORDS = {MODEL: ModelFacts(sees=False, hears=False)}


def image_in(store: MediaStore, size: tuple[int, int] = (3000, 1500)) -> MediaRef:
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize(size).save(buffer, "PNG")
    return _kept(store, buffer.getvalue(), inspect_image(buffer.getvalue()))


def clip_in(store: MediaStore) -> MediaRef:
    buffer = io.BytesIO()
    soundfile.write(buffer, np.zeros((44_100, 2)), 44_100, format="FLAC")
    return _kept(store, buffer.getvalue(), inspect_audio(buffer.getvalue()))


def _kept(store: MediaStore, data: bytes, ref: object) -> MediaRef:
    assert isinstance(ref, MediaRef)
    store.put(data, ref)
    return ref


def prompt(*parts: Part) -> Message:
    return Message(role="user", parts=(TextPart(text="What is this?"), *parts))


async def body_of(folder: Path, models: dict[str, ModelFacts]) -> list[dict[str, Any]]:
    """The message's content as a server received it: text, an image and a clip."""
    with ModelServer() as server:
        async with opened(folder, open_library(), models=models) as means:
            parts = ImagePart(media=image_in(means.media)), AudioPart(media=clip_in(means.media))
            await means.gateway.say(Request(model=MODEL, messages=(prompt(*parts),), api_base=server.base))
    (request,) = server.requests
    return request["messages"][0]["content"]


async def test_a_model_that_sees_gets_the_image_as_a_data_url_resized_to_the_edge(tmp_path):
    _, image, _ = await body_of(tmp_path, TAKES_ALL)
    head, _, data = image["image_url"]["url"].partition(",")
    assert (image["type"], head) == ("image_url", "data:image/png;base64")
    assert Image.open(io.BytesIO(base64.b64decode(data))).size == (1024, 512)


async def test_a_model_that_hears_gets_the_clip_as_input_audio_in_the_form_every_model_takes(tmp_path):
    *_, clip = await body_of(tmp_path, TAKES_ALL)
    assert (clip["type"], clip["input_audio"]["format"]) == ("input_audio", "wav")
    heard = soundfile.info(io.BytesIO(base64.b64decode(clip["input_audio"]["data"])))
    assert (heard.samplerate, heard.channels, heard.duration) == (16_000, 1, 1.0)


async def test_a_model_that_takes_words_alone_is_told_what_it_is_not_given(tmp_path):
    text, image, clip = await body_of(tmp_path, TAKES_WORDS)
    assert text["text"] == "What is this?"
    assert (image["type"], "cannot see" in image["text"]) == ("text", True)
    assert (clip["type"], "cannot hear" in clip["text"]) == ("text", True)


@contextmanager
def gemini_server() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A server that answers as Gemini does, and what it was asked."""
    asked: list[dict[str, Any]] = []
    said = {"candidates": [{"content": {"role": "model", "parts": [{"text": "A gradient."}]}, "finishReason": "STOP"}]}
    said["usageMetadata"] = {"promptTokenCount": 1, "candidatesTokenCount": 1, "totalTokenCount": 2}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing: the tests' output is pytest's."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/models/m", asked
    server.shutdown()
    server.server_close()
    thread.join()


async def test_gemini_gets_both_as_inline_parts(tmp_path, monkeypatch):
    monkeypatch.setenv("GEMINI_API_KEY", "no key at all")
    model = "gemini/gemini-2.0-flash"
    with gemini_server() as (base, asked):
        async with opened(tmp_path, open_library(), models={model: ModelFacts(sees=True, hears=True)}) as means:
            parts = ImagePart(media=image_in(means.media)), AudioPart(media=clip_in(means.media))
            reply = await means.gateway.say(Request(model=model, messages=(prompt(*parts),), api_base=base))
    assert reply.text == "A gradient."
    _, image, clip = asked[0]["contents"][0]["parts"]
    assert [part["inline_data"]["mime_type"] for part in (image, clip)] == ["image/png", "audio/wav"]
    assert base64.b64decode(clip["inline_data"]["data"])[:4] == b"RIFF"


async def test_an_image_is_encoded_once_however_many_jurors_ask_at_once(tmp_path, monkeypatch):
    encoded = []
    monkeypatch.setattr(room, "encode_image", lambda data, **form: encoded.append(form) or data)
    store = MediaStore(tmp_path)
    exhibits, message = Exhibits(store, edge=64), prompt(ImagePart(media=image_in(store, (8, 8))))
    await asyncio.gather(*(exhibits.chat((message,), sees=True, hears=True) for _ in range(200)))
    assert encoded == [{"edge": 64, "format": "png"}]


async def test_the_event_loop_goes_on_while_an_image_is_encoded(tmp_path, monkeypatch):
    encoding, go_on = threading.Event(), threading.Event()

    def slow(data: bytes, **_: object) -> bytes:
        encoding.set()
        assert go_on.wait(10)
        return data

    monkeypatch.setattr(room, "encode_image", slow)
    store = MediaStore(tmp_path)
    message = prompt(ImagePart(media=image_in(store, (8, 8))))
    chat = asyncio.create_task(Exhibits(store).chat((message,), sees=True, hears=True))
    while not encoding.is_set():
        await asyncio.sleep(0.001)
    go_on.set()
    assert len((await chat).messages) == 1


async def test_what_is_encoded_is_kept_only_while_there_is_room(tmp_path, monkeypatch):
    encoded = []
    monkeypatch.setattr(room, "encode_image", lambda data, **_: encoded.append(data) or data)
    store = MediaStore(tmp_path)
    images = [prompt(ImagePart(media=image_in(store, (8, 8 + wider)))) for wider in range(3)]
    exhibits = Exhibits(store, room=300)
    for message in (*images, *images):
        await exhibits.chat((message,), sees=True, hears=True)
    assert len(encoded) == 6


async def test_withholding_an_exhibit_is_said_once_not_once_per_case(tmp_path):
    store = MediaStore(tmp_path)
    exhibits, message = (
        Exhibits(store),
        prompt(ImagePart(media=image_in(store, (8, 8))), AudioPart(media=clip_in(store))),
    )
    with capture_logs() as logs:
        for _ in range(3):
            await exhibits.chat((message,), sees=False, hears=False)
    assert [log["kind"] for log in logs if log["event"] == "exhibit withheld"] == ["image", "audio"]


@pytest.mark.parametrize(
    ("part", "stand_in"),
    [
        (ImagePart(description="a red door"), "[image: a red door]"),
        (AudioPart(spoken="open the door"), "[audio clip: open the door]"),
    ],
)
async def test_words_stand_in_for_media_that_are_not_there(tmp_path, part, stand_in):
    chat = await Exhibits(MediaStore(tmp_path)).chat((prompt(part),), sees=True, hears=True)
    (message,) = chat.messages
    assert message["content"][1] == {"type": "text", "text": stand_in}
