"""A check-up tells apart what can be wrong with a model, over real sockets."""

import base64
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from examinee import beeps_in, colour_of, vote
from model_server import ModelServer, Served
from sockets import failing

from jury.checkup import Checkup, Needs, Subject, check_up, subjects_of
from jury.checkup.findings import ADVICE, diagnosed
from jury.checkup.questions import clip_bytes, image_bytes
from jury.records import Cause, Juror, ModelFacts, Panel, Target

MODEL = "hosted_vllm/local"
ABLE = {MODEL: ModelFacts(sees=True, hears=True)}
PLAIN = {MODEL: ModelFacts(sees=False, hears=False)}

Request = dict[str, Any]


@pytest.fixture(autouse=True)
def _no_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No key in the environment, none in a `.env`."""
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "HOSTED_VLLM_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def voting(choice: str) -> Served:
    """A ballot."""
    return Served(text=vote(choice))


def exhibits(request: Request, kind: str) -> list[Request]:
    """The parts of one kind in a question."""
    contents = [message["content"] for message in request["messages"]]
    return [part for content in contents if isinstance(content, list) for part in content if part["type"] == kind]


def seen(request: Request) -> str | None:
    """The colour of the image in a question, looked at as it came."""
    for part in exhibits(request, "image_url"):
        return colour_of(base64.b64decode(part["image_url"]["url"].partition(",")[2]))
    return None


def heard(request: Request) -> str | None:
    """How many beeps are in the clip of a question, counted in what came."""
    for part in exhibits(request, "input_audio"):
        return beeps_in(base64.b64decode(part["input_audio"]["data"]))
    return None


def gifted(request: Request) -> Served:
    """A model that sees and hears and gives ballots."""
    return voting(seen(request) or heard(request) or "safe")


def blind_and_deaf(request: Request) -> Served:
    """A model that guesses at what it doesn't get."""
    guess = "blue" if seen(request) else "3" if heard(request) else "safe"
    return voting(guess)


async def examined(
    base: str | None,
    folder: Path,
    *,
    model: str = MODEL,
    models: dict[str, ModelFacts] | None = None,
    part: str = "juror",
    **settings: Any,
) -> Checkup:
    """The check-up of one model."""
    subject = Subject(Juror(model=model, api_base=base), (part,))
    (checkup,) = await check_up([subject], folder / "passing", models=models or PLAIN, **settings)
    return checkup


async def with_server(behaviour: Callable[[Request], Served], folder: Path, **settings: Any) -> tuple[Checkup, int]:
    """The check-up of a model behind a server, and how many requests reached it."""
    with ModelServer(behaviour) as server:
        checkup = await examined(server.base, folder, **settings)
        return checkup, len(server.requests)


async def test_a_model_that_votes_sees_and_hears_is_fine_after_three_calls(tmp_path):
    checkup, requests = await with_server(gifted, tmp_path, models=ABLE)
    assert (checkup.verdict, checkup.findings) == ("fine", ())
    assert (checkup.key, checkup.reachable, checkup.structured, checkup.sees, checkup.hears) == (True,) * 5
    assert (checkup.rung, checkup.calls, requests) == ("schema", 3, 3)


async def test_what_a_model_does_not_claim_costs_no_call_and_is_no_finding(tmp_path):
    checkup, requests = await with_server(gifted, tmp_path)
    assert (checkup.verdict, checkup.sees, checkup.hears) == ("fine", False, False)
    assert (checkup.calls, requests) == (1, 1)


async def test_what_the_cases_need_is_a_finding_where_a_model_does_not_claim_it(tmp_path):
    checkup, _ = await with_server(gifted, tmp_path, needs=Needs(vision=True, audio=True))
    assert [finding.kind for finding in checkup.findings] == ["no_vision", "no_audio"]


async def test_a_model_that_claims_senses_it_lacks_is_found_out(tmp_path):
    checkup, _ = await with_server(blind_and_deaf, tmp_path, models=ABLE)
    assert [finding.kind for finding in checkup.findings] == ["no_vision", "no_audio"]
    assert [finding.detail for finding in checkup.findings] == [
        "said blue where purple is right",
        "said 3 where 4 is right",
    ]
    assert (checkup.structured, checkup.sees, checkup.hears) == (True, False, False)


async def test_a_server_that_turns_down_images_lacks_vision(tmp_path):
    def textual(request: Request) -> Served:
        return failing(400, "this model takes no image_url") if seen(request) else gifted(request)

    checkup, _ = await with_server(textual, tmp_path, models=ABLE)
    assert (checkup.verdict, checkup.sees, checkup.hears) == ("no_vision", False, True)
    assert "takes no image_url" in checkup.findings[0].detail


async def test_a_rate_limit_on_the_way_to_an_image_says_nothing_about_sight(tmp_path):
    def busy(request: Request) -> Served:
        return failing(429, "slow down") if seen(request) else gifted(request)

    checkup, _ = await with_server(busy, tmp_path, models=ABLE)
    assert (checkup.verdict, checkup.sees, checkup.hears) == ("rate_limited", None, True)


async def test_a_model_that_chats_gives_no_structured_output(tmp_path):
    checkup, requests = await with_server(lambda _: Served(text="An egg! How nice."), tmp_path)
    assert (checkup.verdict, checkup.reachable, checkup.structured) == ("no_structured_output", True, False)
    assert requests == 1


async def test_a_target_needs_no_structured_output_and_may_see_in_its_own_words(tmp_path):
    def chatty(request: Request) -> Served:
        return Served(text=f"It is {seen(request) or heard(request) or 'fine'}.")

    checkup, _ = await with_server(chatty, tmp_path, models=ABLE, part="target")
    assert (checkup.verdict, checkup.structured, checkup.sees, checkup.hears) == ("fine", False, True, True)


async def test_a_server_that_takes_no_schema_is_asked_in_a_plainer_way(tmp_path):
    def plain(request: Request) -> Served:
        return failing(400, "response_format is not supported") if "response_format" in request else gifted(request)

    checkup, _ = await with_server(plain, tmp_path)
    assert (checkup.verdict, checkup.rung) == ("fine", "instruction")


@pytest.mark.parametrize(
    ("served", "verdict"),
    [
        (failing(401, "bad key"), "wrong_key"),
        (failing(403, "not yours"), "wrong_key"),
        (failing(404, "no model local"), "unknown_model"),
        (failing(429, "slow down"), "rate_limited"),
        (failing(500, "out of memory"), "failed"),
        (failing(400, "bad request"), "failed"),
        (Served(text="I'm sorry, but I can't help with that."), "refused"),
        (Served(text='{"reasoning": "wh', finish_reason="length"), "cut_off"),
    ],
    ids=lambda value: f"{value.status}-{value.text[:9]}" if isinstance(value, Served) else None,
)
async def test_every_misbehaviour_has_a_name(tmp_path, served, verdict):
    checkup, requests = await with_server(lambda _: served, tmp_path)
    assert (checkup.verdict, checkup.reachable, requests) == (verdict, True, 1)
    assert len(checkup.findings) == 1


async def test_a_model_that_gives_no_answer_is_not_asked_to_see_and_to_hear(tmp_path):
    checkup, requests = await with_server(lambda _: failing(401, "bad key"), tmp_path, models=ABLE)
    assert (len(checkup.findings), checkup.sees, checkup.hears, requests) == (1, None, None, 1)


@pytest.mark.parametrize("served", [Served(delay=1), Served(reset=True)], ids=["hangs", "hangs up"])
async def test_a_server_that_gives_no_answer_is_unreachable(tmp_path, served):
    checkup, _ = await with_server(lambda _: served, tmp_path, timeout=0.5)
    assert (checkup.verdict, checkup.reachable) == ("unreachable", False)


@pytest.mark.parametrize("model", [MODEL, "mistral/local"])
async def test_a_port_where_nobody_listens_is_unreachable_even_if_no_key_is_set(tmp_path, monkeypatch, model):
    monkeypatch.delenv("MISTRAL_API_KEY", raising=False)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    checkup = await examined(f"http://127.0.0.1:{port}/v1", tmp_path, model=model)
    assert checkup.verdict == "unreachable"


async def test_a_host_nobody_knows_is_unreachable(tmp_path):
    assert (await examined("http://no-such-host.invalid/v1", tmp_path)).verdict == "unreachable"


@pytest.mark.parametrize(
    ("model", "variable"), [("openai/gpt-4o", "OPENAI_API_KEY"), ("anthropic/claude-3-haiku-20240307", "ANTHROPIC")]
)
async def test_a_missing_key_is_named(tmp_path, model, variable):
    checkup = await examined(None, tmp_path, model=model)
    assert (checkup.verdict, checkup.key, checkup.reachable) == ("no_key", False, None)
    assert variable in checkup.findings[0].detail


async def test_a_name_without_a_provider_is_an_unknown_model(tmp_path):
    assert (await examined(None, tmp_path, model="nonsense")).verdict == "unknown_model"


async def test_a_key_that_the_server_echoes_is_not_passed_on(tmp_path, monkeypatch):
    monkeypatch.setenv("HOSTED_VLLM_API_KEY", "planted-key-0123456789")
    checkup, _ = await with_server(lambda _: failing(401, "invalid: planted-key-0123456789"), tmp_path)
    assert checkup.verdict == "wrong_key"
    assert "planted" not in repr(checkup.findings)
    short = "pk1234"
    monkeypatch.setenv("HOSTED_VLLM_API_KEY", short)
    checkup, _ = await with_server(lambda _: Served(text=f"your key is {short}"), tmp_path / "again")
    assert short not in repr(checkup.findings)


async def test_a_scripted_juror_fills_in_its_ballot_and_is_not_asked_to_see(tmp_path):
    checkup = await examined(None, tmp_path, model="rehearsal/strict", needs=Needs(vision=True))
    assert (checkup.verdict, checkup.key, checkup.structured) == ("fine", None, True)
    assert (checkup.sees, checkup.hears, checkup.calls) == (None, None, 1)


async def test_of_recorded_jurors_only_the_file_is_looked_at(tmp_path):
    ballots = tmp_path / "ballots.csv"
    ballots.write_text("item_id,juror,label\n1,ann,safe\n")
    known = await examined(None, tmp_path, model=f"recorded/{ballots}#ann")
    stranger = await examined(None, tmp_path, model=f"recorded/{ballots}#bob")
    assert (known.verdict, known.calls) == ("fine", 0)
    assert (stranger.verdict, stranger.calls) == ("unknown_model", 0)
    assert "'bob'" in stranger.findings[0].detail


async def test_models_are_checked_side_by_side(tmp_path):
    both_asked = threading.Barrier(2, timeout=20)

    def waiting(request: Request) -> Served:
        both_asked.wait()
        return gifted(request)

    with ModelServer(waiting) as one, ModelServer(waiting) as two:
        subjects = [Subject(Juror(model=MODEL, api_base=server.base), ("juror",)) for server in (one, two)]
        checkups = await check_up(subjects, tmp_path / "passing", models=PLAIN)
    assert [checkup.subject for checkup in checkups] == subjects
    assert [checkup.verdict for checkup in checkups] == ["fine", "fine"]


def test_a_model_is_checked_once_for_every_address_whoever_it_plays():
    one = Juror(name="one", model="a/x", api_base="http://one/v1")
    panel = Panel(
        seats=(one, one.but(name="two", role="lawyer"), one.but(name="three", api_base="http://two/v1")),
        alternates=(Juror(name="four", model="a/y"),),
        foreperson=Juror(model="a/y"),
    )
    subjects = subjects_of(panel, Target(model="a/x", api_base="http://one/v1", system="Be brief."))
    cast = [(subject.model, subject.settings.api_base, subject.parts) for subject in subjects]
    assert cast == [
        ("a/x", "http://one/v1", ("target", "juror")),
        ("a/x", "http://two/v1", ("juror",)),
        ("a/y", None, ("alternate", "foreperson")),
    ]


def test_the_known_exhibits_are_the_same_every_time():
    assert image_bytes() == image_bytes()
    assert clip_bytes() == clip_bytes()


@pytest.mark.parametrize(
    ("detail", "kind"),
    [
        ("AuthenticationError: litellm.AuthenticationError: bad key", "wrong_key"),
        ("NotFoundError: litellm.NotFoundError: gone", "unknown_model"),
        ("RateLimitError: litellm.RateLimitError: slow down", "rate_limited"),
        ("InternalServerError: Cannot connect to host 127.0.0.1:9", "unreachable"),
        ("InternalServerError: out of memory", "failed"),
    ],
)
def test_without_a_status_the_name_and_the_words_of_a_failure_tell(detail, kind):
    assert diagnosed(Cause(kind="error", detail=detail), None) == kind


def test_advice_is_one_clause():
    assert all(advice and not advice.endswith(".") and "\n" not in advice for advice in ADVICE.values())
