"""A check-up that was recorded is found the same when it is replayed, so that these servers can be held against real ones.

Whoever has keys records with `jury doctor … --record FOLDER` and runs these tests with the folders' names, separated
as in PATH, in JURY_RECORDINGS.
"""

import base64
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from examinee import gifted, guessing, vote

from benchmarks.checkups import document_of
from jury.checkup import Recording, Subject, check_up
from jury.records import Juror
from wire import (
    ANTHROPIC,
    BILLED,
    BLOCKING,
    DIALECTS,
    GEMINI,
    OPENAI,
    VLLM,
    Asked,
    Dialect,
    HttpReply,
    WireServer,
    set_keys,
)
from wire.recorded import RecordedServer

GIVEN = [Path(name) for name in os.environ.get("JURY_RECORDINGS", "").split(os.pathsep) if name]


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    set_keys(monkeypatch)
    monkeypatch.chdir(tmp_path)


async def checked(
    base: str, model: str, folder: Path, recording: Recording | None = None, parts: Sequence[str] = ("juror",)
) -> list[dict[str, Any]]:
    """A check-up as JSON, without the address."""
    subject = Subject(Juror(model=model, api_base=base), tuple(parts))
    checkups = await check_up([subject], folder, recording=recording)
    return [{**document_of(checkup), "api_base": None} for checkup in checkups]


async def recorded(server: WireServer, folder: Path) -> list[dict[str, Any]]:
    """A check-up of a server's model, recorded in `folder / "kept"`."""
    recording = Recording(folder / "kept")
    found = await checked(server.base, server.model, folder / "calls", recording)
    recording.write(found)
    return found


async def replayed(folder: Path) -> list[dict[str, Any]]:
    """The same check-up held again, on what was kept."""
    with RecordedServer(folder / "kept") as server:
        return await checked(server.base, server.models[0]["model"], folder / "again")


def blind(dialect: Any) -> Any:
    """A model whose server turns images down."""
    return lambda asked: dialect.image_rejected() if asked.images else gifted(asked)


def schemaless(asked: Asked) -> HttpReply | str:
    """A server that takes no schema and is asked again in a plainer way."""
    return VLLM.schema_rejected() if asked.schema else gifted(asked)


CASES = [
    *((f"{dialect} is able", dialect, gifted) for dialect in DIALECTS),
    *((f"{dialect} guesses", dialect, guessing) for dialect in (OPENAI, ANTHROPIC, GEMINI)),
    *((f"{dialect} is blind", dialect, blind(dialect)) for dialect in DIALECTS),
    *((f"{dialect} has no credit", dialect, lambda _, dialect=dialect: dialect.account_empty()) for dialect in BILLED),
    *((f"{dialect} limits", dialect, lambda _, dialect=dialect: dialect.rate_limited(9)) for dialect in BLOCKING),
    *((f"{dialect} blocks", dialect, lambda _, dialect=dialect: dialect.prompt_blocked()) for dialect in BLOCKING),
    ("vllm takes no schema", VLLM, schemaless),
    ("vllm hangs up", VLLM, lambda _: HttpReply(reset=True)),
]


@pytest.mark.parametrize(("dialect", "behaviour"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
async def test_a_recorded_check_up_is_found_the_same_on_replay(tmp_path, dialect, behaviour) -> None:
    with WireServer(dialect, behaviour) as server:
        found = await recorded(server, tmp_path)
    assert await replayed(tmp_path) == found


async def test_what_was_not_asked_then_is_not_answered(tmp_path) -> None:
    with WireServer(VLLM, gifted) as server:
        await recorded(server, tmp_path)
    with RecordedServer(tmp_path / "kept") as server:
        (found,) = await checked(server.base, "hosted_vllm/another", tmp_path / "again")
    assert "was not asked when the recording was made" in found["findings"][0]["detail"]


@pytest.mark.parametrize("dialect", DIALECTS, ids=repr)
async def test_no_key_no_address_and_no_medium_is_anywhere_in_a_recording(
    tmp_path, monkeypatch, dialect: Dialect
) -> None:
    planted = "planted-key-0123456789abcdef"
    monkeypatch.setenv(dialect.key_variable or "OTHER_API_KEY", planted)
    sent: list[bytes] = []

    def echoing(asked: Asked) -> HttpReply | str:
        sent.extend([*asked.images, *asked.clips])
        if asked.images:
            return HttpReply(
                json.dumps({"error": {"message": f"no such key: {planted} of org-0123456789abc"}}).encode(),
                401,
                {"x-ratelimit-key": planted, "set-cookie": planted, "openai-organization": "org-0123456789abc"},
            )
        return gifted(asked)

    with WireServer(dialect, echoing) as server:
        await recorded(server, tmp_path)
        port = server.base.rpartition(":")[2].partition("/")[0]
    kept = {path.name: path.read_bytes() for path in (tmp_path / "kept").iterdir()}
    forms = [
        planted,
        base64.b64encode(planted.encode()).decode().rstrip("="),
        "org-0123456789abc",
        f":{port}",
        "127.0.0.1",
    ]
    assert len(kept) > 1
    assert sent
    for name, data in kept.items():
        assert [form for form in forms if form.encode() in data or form in name] == []
        assert all(base64.b64encode(medium)[:200] not in data for medium in sent)


def test_a_folder_that_holds_something_is_turned_down(tmp_path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "mine").write_text("mine")
    with pytest.raises(Exception, match="not empty; name a new folder"):
        Recording(tmp_path / "kept")


def fields(value: Any, above: str = "") -> Iterator[str]:
    """The names in a JSON value, each with those above it."""
    for name, item in value.items() if isinstance(value, dict) else ():
        yield f"{above}{name}"
        yield from fields(item, f"{above}{name}.")
    for item in value if isinstance(value, list) else ():
        yield from fields(item, above)


def dialect_of(model: str) -> Dialect | None:
    """The form that a model's provider speaks, None for one that has no server here."""
    return next((one for one in DIALECTS if one.model.partition("/")[0] == model.partition("/")[0]), None)


#: Fields that a provider may leave out of an answer that is a ballot.
_OPTIONAL = {"choices.message.refusal", "choices.logprobs", "load_duration", "total_duration", "context"}


def strange_fields(folder: Path) -> set[str]:
    """The fields of our servers' answers that no answer of the real provider in a recording has."""
    with RecordedServer(folder) as server:
        strange: set[str] = set()
        for model in {found["model"] for found in server.models}:
            dialect = dialect_of(model)
            if dialect is None:
                continue
            real = {
                name
                for exchange in server.exchanges
                if exchange["response"].get("status") == 200
                for name in fields(exchange["response"]["body"])
            }
            ours = set(fields(json.loads(dialect.answer(vote("safe")).body)))
            strange |= ours - real - _OPTIONAL if real else set()
        return strange


@pytest.mark.parametrize("dialect", DIALECTS, ids=repr)
async def test_answers_of_these_servers_have_the_fields_of_recorded_ones(tmp_path, dialect: Dialect) -> None:
    with WireServer(dialect, gifted) as server:
        await recorded(server, tmp_path)
    assert strange_fields(tmp_path / "kept") == set()


@pytest.mark.skipif(not GIVEN, reason="no folders of recordings are named in JURY_RECORDINGS")
@pytest.mark.parametrize("folder", GIVEN, ids=str)
async def test_a_recording_of_a_real_provider_is_found_the_same_and_has_our_fields(tmp_path, folder: Path) -> None:
    with RecordedServer(folder) as server:
        for then in server.models:
            folder_of_its_own = tmp_path / then["model"].replace("/", "_")
            (now,) = await checked(server.base, then["model"], folder_of_its_own, parts=then["parts"])
            assert (now["verdict"], now["findings"]) == (then["verdict"], then["findings"])
    assert strange_fields(folder) == set()
