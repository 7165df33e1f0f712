"""What every provider says in its own form, through LiteLLM and real sockets, is one thing to whoever asks."""

from pathlib import Path

import pytest
from wire import (
    ANTHROPIC,
    BILLED,
    BLOCKING,
    DIALECTS,
    OPENAI,
    BlockingDialect,
    Dialect,
    HttpReply,
    WireServer,
    set_keys,
)

from jury.asking import kept_answer
from jury.errors import StoppedEarlyError
from jury.gateway.attempts import Attempts, Patience
from jury.gateway.route.exhibits import Exhibits
from jury.gateway.route.transport import LiteLLMTransport
from jury.media import MediaStore
from jury.records import Completion, Message, Request, TextPart


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    set_keys(monkeypatch)


class Waits:
    """Sleeps that take no time but by their own clock, noted."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def clock(self) -> float:
        return sum(self.seconds)

    async def sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)


async def asked(server: WireServer, folder: Path, waits: Waits | None = None, **patience: float) -> Completion:
    """What is kept of one question to a server."""
    transport = LiteLLMTransport(Exhibits(MediaStore(folder)))
    message = Message(role="user", parts=(TextPart(text="How long does an egg take?"),))
    request = Request(model=server.model, messages=(message,), api_base=server.base, max_tokens=50)
    time = waits or Waits()
    return await Attempts(transport, Patience(**{"timeout": 30, **patience}), time.clock, time.sleep).made(request)


@pytest.mark.parametrize("dialect", [one for one in BLOCKING if one is not ANTHROPIC], ids=repr)
async def test_a_blocked_prompt_is_a_blocked_answer(tmp_path: Path, dialect: BlockingDialect) -> None:
    with WireServer(dialect, [dialect.prompt_blocked()]) as server:
        kept = await asked(server, tmp_path)
    answer = kept_answer(kept, "key")
    assert (answer.state, answer.text, answer.cause.kind) == ("blocked", "", "refused")
    assert answer.filtered.stage == "prompt"
    assert len(server.asked) == 1


@pytest.mark.parametrize("dialect", BLOCKING, ids=repr)
async def test_an_answer_that_is_kept_back_is_a_blocked_answer(tmp_path: Path, dialect: BlockingDialect) -> None:
    with WireServer(dialect, [dialect.answer_blocked()]) as server:
        kept = await asked(server, tmp_path)
    answer = kept_answer(kept, "key")
    assert (answer.state, answer.text, answer.cause.kind) == ("blocked", "", "refused")
    assert answer.filtered.stage == "output"
    assert len(server.asked) == 1


@pytest.mark.parametrize("dialect", BLOCKING, ids=repr)
async def test_an_answer_of_which_a_part_came_through_is_given_and_marked(
    tmp_path: Path, dialect: BlockingDialect
) -> None:
    with WireServer(dialect, [dialect.answer_blocked("It takes eight")]) as server:
        answer = kept_answer(await asked(server, tmp_path), "key")
    assert (answer.state, answer.text, answer.ended) == ("given", "It takes eight", "filtered")


@pytest.mark.parametrize("dialect", DIALECTS, ids=repr)
async def test_an_answer_that_ends_with_its_tokens_is_given_and_marked(tmp_path: Path, dialect: Dialect) -> None:
    with WireServer(dialect, [dialect.cut_off("It takes eight")]) as server:
        answer = kept_answer(await asked(server, tmp_path), "key")
    assert (answer.state, answer.text, answer.ended) == ("given", "It takes eight", "cut_off")


@pytest.mark.parametrize("dialect", DIALECTS, ids=repr)
async def test_a_whole_answer_bears_no_mark(tmp_path: Path, dialect: Dialect) -> None:
    with WireServer(dialect, ["Eight minutes."]) as server:
        kept = await asked(server, tmp_path)
    assert (kept.text, kept.filtered, kept.cut_off) == ("Eight minutes.", None, False)


@pytest.mark.parametrize(
    ("reply", "category"),
    [
        (OPENAI.moderation_blocked(), "violence"),
        (OPENAI.image_blocked(), ""),
        (OPENAI.access_limited(), ""),
        (ANTHROPIC.refusal(), ""),
        (ANTHROPIC.refusal("cyber", "It could do harm."), "cyber"),
        (ANTHROPIC.prompt_blocked(), "violence"),
    ],
)
async def test_every_further_form_of_a_block_is_one(tmp_path: Path, reply: HttpReply, category: str) -> None:
    dialect = ANTHROPIC if b'"type": "error"' in reply.body or b"stop_reason" in reply.body else OPENAI
    with WireServer(dialect, [reply]) as server:
        answer = kept_answer(await asked(server, tmp_path), "key")
    assert (answer.state, answer.filtered.category) == ("blocked", category)


async def test_a_prompt_that_is_not_well_formed_is_no_block(tmp_path: Path) -> None:
    with WireServer(OPENAI, [OPENAI.malformed_prompt()]) as server:
        answer = kept_answer(await asked(server, tmp_path), "key")
    assert (answer.state, answer.cause.kind) == ("invalid", "error")


async def stopped(server: WireServer, folder: Path) -> str:
    """The sentence with which a question stops the run."""
    with pytest.raises(StoppedEarlyError) as sentence:
        await asked(server, folder)
    assert len(server.asked) == 1
    return str(sentence.value)


@pytest.mark.parametrize("dialect", BLOCKING, ids=repr)
async def test_a_wrong_key_stops_the_run_and_the_sentence_names_where_keys_are(
    tmp_path: Path, dialect: BlockingDialect
) -> None:
    with WireServer(dialect, [dialect.wrong_key()]) as server:
        said = await stopped(server, tmp_path)
    assert f"set {dialect.key_variable} in the environment" in said


@pytest.mark.parametrize("dialect", BILLED, ids=repr)
async def test_an_empty_account_stops_the_run(tmp_path: Path, dialect: BlockingDialect) -> None:
    with WireServer(dialect, [dialect.account_empty()]) as server:
        said = await stopped(server, tmp_path)
    assert "the account has no credit left" in said


@pytest.mark.parametrize("dialect", DIALECTS, ids=repr)
async def test_a_model_that_is_not_there_stops_the_run(tmp_path: Path, dialect: Dialect) -> None:
    with WireServer(dialect, [dialect.unknown_model()]) as server:
        said = await stopped(server, tmp_path)
    assert "no model or deployment of that name" in said
    assert "correct the name" in said


@pytest.mark.parametrize("dialect", BLOCKING, ids=repr)
async def test_a_rate_limit_is_waited_for_as_long_as_the_provider_wishes(
    tmp_path: Path, dialect: BlockingDialect
) -> None:
    waits = Waits()
    with WireServer(dialect, [dialect.rate_limited(37), *[dialect.rate_limited(2)] * 9, "Eight."]) as server:
        kept = await asked(server, tmp_path, waits, tries=2)
    assert (kept.text, kept.tries) == ("Eight.", 11)
    assert (waits.seconds[0], waits.seconds[-1]) == (pytest.approx(37, abs=2), pytest.approx(2, abs=2))


@pytest.mark.parametrize("dialect", [one for one in BLOCKING if one is not ANTHROPIC], ids=repr)
async def test_a_rate_limit_without_a_wish_is_waited_for_too(tmp_path: Path, dialect: BlockingDialect) -> None:
    with WireServer(dialect, [*[dialect.rate_limited()] * 9, "Eight."]) as server:
        kept = await asked(server, tmp_path, tries=2)
    assert (kept.text, kept.tries) == ("Eight.", 10)
