"""A check-up finds the same wrong with a model whoever serves it, and says what a user can do."""

from pathlib import Path
from typing import Any

import pytest
from examinee import gifted, guessing, vote
from wire import BILLED, BLOCKING, DIALECTS, GEMINI, OPENAI, VLLM, Dialect, WireServer, set_keys

from jury.checkup import Checkup, Needs, Subject, check_up
from jury.records import Juror, ModelFacts

STATED = ModelFacts(sees=True, hears=True, input_cost_per_token=1e-6, output_cost_per_token=1e-5)


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    set_keys(monkeypatch)
    monkeypatch.chdir(tmp_path)


async def checked(
    dialect: Dialect, behaviour: Any, folder: Path, model: str = "", stated: ModelFacts | None = None, **settings: Any
) -> Checkup:
    """The check-up of a juror behind a provider's server."""
    with WireServer(dialect, behaviour) as server:
        name = model or server.model
        subject = Subject(Juror(model=name, api_base=server.base), ("juror",))
        (checkup,) = await check_up([subject], folder, models={name: stated} if stated else None, **settings)
    return checkup


def kinds(checkup: Checkup) -> list[str]:
    return [finding.kind for finding in checkup.findings]


@pytest.mark.parametrize("dialect", DIALECTS, ids=repr)
async def test_a_model_that_sees_is_seen_to_whoever_serves_it(tmp_path, dialect: Dialect) -> None:
    facts = STATED if dialect.hears else STATED.but(hears=False)
    checkup = await checked(dialect, gifted, tmp_path, stated=facts)
    assert (checkup.verdict, checkup.sees, checkup.hears) == ("fine", True, dialect.hears)
    assert checkup.notes == ()


@pytest.mark.parametrize("dialect", BILLED, ids=repr)
async def test_an_empty_account_is_one_finding_and_not_told_to_wait(tmp_path, dialect: Any) -> None:
    checkup = await checked(dialect, lambda _: dialect.account_empty(), tmp_path, stated=STATED)
    assert (kinds(checkup), checkup.calls) == (["no_credit"], 1)
    assert "add credit" in checkup.findings[0].advice


@pytest.mark.parametrize("dialect", BLOCKING, ids=repr)
async def test_a_wrong_key_is_one_finding(tmp_path, dialect: Any) -> None:
    checkup = await checked(dialect, lambda _: dialect.wrong_key(), tmp_path, stated=STATED)
    assert (kinds(checkup), checkup.calls) == (["wrong_key"], 1)


@pytest.mark.parametrize("dialect", DIALECTS, ids=repr)
async def test_a_model_that_is_not_there_is_an_unknown_model(tmp_path, dialect: Dialect) -> None:
    checkup = await checked(dialect, lambda _: dialect.unknown_model(), tmp_path, stated=STATED)
    assert (kinds(checkup), checkup.calls) == (["unknown_model"], 1)


@pytest.mark.parametrize("dialect", DIALECTS, ids=repr)
async def test_a_context_that_is_too_short_is_said_to_be(tmp_path, dialect: Dialect) -> None:
    checkup = await checked(dialect, lambda _: dialect.context_too_long(), tmp_path, stated=STATED)
    assert (kinds(checkup), checkup.calls) == (["context_too_long"], 1)
    assert "longer context" in checkup.findings[0].advice


@pytest.mark.parametrize("dialect", BLOCKING, ids=repr)
async def test_a_refusal_is_one_finding_however_often_it_comes(tmp_path, dialect: Any) -> None:
    always = await checked(dialect, lambda _: dialect.prompt_blocked(), tmp_path / "always", stated=STATED)
    exhibits = await checked(
        dialect,
        lambda asked: dialect.prompt_blocked() if asked.images or asked.clips else gifted(asked),
        tmp_path / "exhibits",
        stated=STATED.but(hears=dialect.hears),
    )
    assert (kinds(always), always.calls) == (["refused"], 1)
    assert (kinds(exhibits), exhibits.sees) == (["refused"], None)


@pytest.mark.parametrize("dialect", BLOCKING, ids=repr)
async def test_a_rate_limit_is_not_waited_for(tmp_path, dialect: Any) -> None:
    checkup = await checked(dialect, lambda _: dialect.rate_limited(600), tmp_path, stated=STATED)
    assert (kinds(checkup), checkup.calls) == (["rate_limited"], 1)


async def test_a_price_that_nobody_knows_is_noted_and_no_finding(tmp_path) -> None:
    unknown = await checked(OPENAI, lambda _: vote("safe"), tmp_path / "unknown", OPENAI.unlisted)
    listed = await checked(GEMINI, gifted, tmp_path / "listed")
    here = await checked(
        VLLM, gifted, tmp_path / "here", stated=STATED.but(input_cost_per_token=None, output_cost_per_token=None)
    )
    assert (unknown.findings, unknown.notes[0].partition(",")[0]) == ((), "price unknown")
    assert (listed.notes, here.notes) == ((), ())


async def test_a_model_that_nobody_lists_is_assumed_able_and_tried(tmp_path) -> None:
    able = await checked(VLLM, gifted, tmp_path / "able")
    unable = await checked(VLLM, guessing, tmp_path / "unable")
    needed = await checked(VLLM, guessing, tmp_path / "needed", needs=Needs(vision=True))
    assert (able.verdict, able.sees, able.hears, able.calls) == ("fine", True, True, 3)
    assert able.notes == ("unlisted, assumed able to see and to hear (see: does, hear: does); state it in --models",)
    assert (unable.verdict, unable.sees, unable.hears) == ("fine", False, False)
    assert "see: does not, hear: does not" in unable.notes[0]
    assert kinds(needed) == ["no_vision"]


async def test_a_server_that_turns_images_down_is_known_to_be_blind(tmp_path) -> None:
    for dialect in DIALECTS:
        checkup = await checked(
            dialect,
            lambda asked, dialect=dialect: dialect.image_rejected() if asked.images else gifted(asked),
            tmp_path / dialect.name,
            stated=STATED.but(hears=False),
        )
        assert (dialect.name, kinds(checkup), checkup.sees) == (dialect.name, ["no_vision"], False)
