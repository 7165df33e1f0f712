"""Files of a stranger get neither a key nor a private file: a server records all it is sent, and every file is searched."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
import yaml
from model_server import deterministic_juror
from wire.http_server import HttpReply, HttpRequest, HttpServer

KEYS = {"OPENAI_API_KEY": "pl-open-9f8e7d6c5b4a39281706", "HOSTED_VLLM_API_KEY": "pl-vllm-1a2b/3c4d+5e6f70819203"}
PRIVATE = "pl-private-diary-77aa66bb55cc44dd"
PLANTED = (*KEYS.values(), PRIVATE)


@dataclass
class Recorder:
    """A server on this machine, by an address that is none of its loopback ones; keeps every byte that it gets."""

    got: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._http = HttpServer(self._respond)

    def _respond(self, request: HttpRequest) -> HttpReply:
        self.got.append(f"{request.method} {request.path} {dict(request.headers)} {request.body!r}")
        if request.method == "GET" or not request.body:
            return HttpReply(b"{}")
        message = {"role": "assistant", "content": deterministic_juror(json.loads(request.body)).text}
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
        return HttpReply(json.dumps({"id": "x", "model": "m", "choices": choices, "usage": usage}).encode())

    @property
    def base(self) -> str:
        return f"http://0.0.0.0:{self._http.port}/v1"

    def __enter__(self) -> "Recorder":
        self._http.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.stop()


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    with Recorder() as running:
        yield running


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A working directory beside a private file, with one mild case."""
    (tmp_path / "private.txt").write_text(f"{{# version: 1 #}}{PRIVATE}")
    folder = tmp_path / "work"
    folder.mkdir()
    case = {"id": "c1", "prompt": "Is this plan good?", "response": "It is."}
    (folder / "cases.jsonl").write_text(json.dumps(case) + "\n")
    return folder


def jury(place: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.endswith(("_BASE_URL", "_API_BASE"))}
    environment |= {**KEYS, "XDG_CONFIG_HOME": str(place / "none"), **variables}
    command = [sys.executable, "-m", "jury", *words]
    return subprocess.run(
        command,
        cwd=place,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def forms_of(secret: str) -> set[bytes]:
    """A secret as it is, URL-encoded, in hex, and in base64 behind a prefix of any length, alone and as a header."""
    raw = secret.encode()
    inner = {base64.b64encode(b"x" * shift + raw)[4 if shift else 0 :] for shift in range(3)}
    encoded = {text.rstrip(b"=")[:-2] for text in inner}
    bearer = base64.b64encode(f"Bearer {secret}".encode()).rstrip(b"=")[:-2]
    return {raw, quote(secret, safe="").encode(), raw.hex().encode(), bearer, *encoded}


def leaks(place: Path, recorder: Recorder, finished: subprocess.CompletedProcess[str]) -> list[str]:
    """Where a planted word is found: in what the server got, in what was printed, and in every file that was written."""
    found = {"server": "\n".join(recorder.got).encode(), "output": (finished.stdout + finished.stderr).encode()}
    for path in place.rglob("*"):
        if path.is_file() and not path.is_symlink():
            found[str(path)] = path.read_bytes()
    return [
        f"{form!r} in {name}"
        for secret in PLANTED
        for form in forms_of(secret)
        for name, data in found.items()
        if form in data
    ]


def written(file: Path, content: object) -> str:
    file.write_text(yaml.safe_dump(content) if file.suffix == ".yaml" else json.dumps(content))
    return file.name


def seats(base: str, model: str = "openai/m", **more: object) -> dict[str, object]:
    return {"seats": [{"model": model, "api_base": base, **more}, {"model": "rehearsal/strict"}]}


RUN = ("run", "cases.jsonl", "--out", "out", "--rubric", "safebench", "--jury", "poll")


def test_a_panel_sends_nothing_to_a_host_of_its_own_until_the_user_allows_it(place: Path, recorder: Recorder):
    panel = written(place / "panel.yaml", seats(recorder.base))
    refused = jury(place, *RUN, "--panel", panel)

    assert refused.returncode == 2
    assert "panel.yaml names the host 0.0.0.0" in refused.stderr
    assert "--allow-base 0.0.0.0" in refused.stderr
    assert recorder.got == []
    assert leaks(place, recorder, refused) == []

    allowed = jury(place, *RUN, "--panel", panel, "--allow-base", "0.0.0.0")
    assert "calls go to 0.0.0.0:" in allowed.stderr
    assert "(OPENAI_API_KEY)" in allowed.stderr
    assert KEYS["OPENAI_API_KEY"] in "\n".join(recorder.got), allowed.stderr
    manifest = json.loads((place / "out" / "manifest.json").read_text())
    assert list(manifest["hosts"].values()) == [{"models": ["openai/m"], "keys": ["OPENAI_API_KEY"]}]


def test_neither_an_experiment_nor_a_protocol_nor_a_manifest_sends_anything(place: Path, recorder: Recorder):
    protocol = written(place / "jury.yaml", {"protocol": "poll", "panel": seats(recorder.base)})
    told = {"source": "cases.jsonl", "out": "out", "rubric": "safebench", "jury": "poll"}
    file = written(place / "experiment.yaml", {**told, "panel": seats(recorder.base, "hosted_vllm/m")})
    target = {"model": "openai/m", "api_base": recorder.base}
    manifest = {
        "source": "cases", "target": target, "jury": None, "prompts": "x", "showing": {},
        "settings": {"source": "./cases.jsonl", "target": target, "jury": "poll", "panel": "rehearsal", "rubric": "safebench"},
    }  # fmt: skip
    repeated = written(place / "manifest.json", manifest)
    self_allowing = written(place / "allows.yaml", {**told, "allow_base": ["0.0.0.0"]})
    for words in (
        (*RUN, "--jury", protocol),
        ("run", file),
        ("run", repeated, "--out", "out"),
        ("run", self_allowing),
        ("doctor", "--jury", protocol),
    ):
        finished = jury(place, *words)
        assert finished.returncode == 2, (words, finished.stderr)
        assert "Traceback" not in finished.stderr
        assert recorder.got == []
        assert leaks(place, recorder, finished) == []


@pytest.mark.parametrize(
    "params",
    [
        {"base_url": "{base}"},
        {"extra_body": {"key": "os.environ/OPENAI_API_KEY"}},
        {"fallbacks": [{"model": "openai/x", "api_base": "{base}"}]},
    ],
)
def test_params_lead_nowhere_else(place: Path, recorder: Recorder, params: dict[str, object]):
    told = json.loads(json.dumps(params).replace("{base}", recorder.base))
    panel = written(place / "panel.yaml", {"seats": [{"model": "openai/m", "params": told}]})
    finished = jury(place, *RUN, "--panel", panel)

    assert finished.returncode == 2, finished.stderr
    assert "params" in finished.stderr
    assert recorder.got == []
    assert leaks(place, recorder, finished) == []


def test_a_dotenv_leads_no_key_and_no_trace_elsewhere(place: Path, recorder: Recorder):
    names = (
        "OPENAI_BASE_URL",
        "OPENAI_API_BASE",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "LANGSMITH_ENDPOINT",
        "HOSTED_VLLM_API_BASE",
    )
    lines = [f"{name}={recorder.base}" for name in names]
    lines += ["LANGSMITH_TRACING=true", "LANGSMITH_API_KEY=x", "LITELLM_LOG=DEBUG", "JURY_LANGSMITH=1"]
    (place / ".env").write_text("\n".join(lines) + "\n")
    finished = jury(place, *RUN, "--panel", "rehearsal", LANGSMITH_TRACING="true", LANGSMITH_ENDPOINT=recorder.base)

    assert finished.returncode == 0, finished.stderr
    assert "left out of .env" in finished.stderr
    assert "OPENAI_BASE_URL" in finished.stderr
    assert recorder.got == []
    assert leaks(place, recorder, finished) == []


def test_neither_a_prompts_folder_nor_a_data_folder_brings_a_private_file_in(place: Path, recorder: Recorder):
    (place / "prompts" / "juror").mkdir(parents=True)
    (place / "prompts" / "juror" / "assess.en.j2").symlink_to(place.parent / "private.txt")
    refused = jury(place, *RUN, "--panel", "rehearsal", "--prompts", "prompts")
    assert refused.returncode == 2, refused.stderr
    assert "leads out of the prompts folder" in refused.stderr
    assert leaks(place, recorder, refused) == []

    (place / "link.png").symlink_to(place.parent / "private.txt")
    images = ["../private.txt", f"file://{place.parent}/private.txt", "link.png", f"{recorder.base}/x.png"]
    rows = [{"id": f"i{n}", "prompt": "p", "response": "r", "image": image} for n, image in enumerate(images)]
    (place / "cases.jsonl").write_text("\n".join(map(json.dumps, rows)))
    finished = jury(place, *RUN, "--panel", "rehearsal")
    assert finished.returncode in {0, 4}, finished.stderr
    assert recorder.got == []
    assert leaks(place, recorder, finished) == []
