"""A team of AutoGen's agents over the gateway: its calls are kept and replayed, its images travel, its failures have causes."""

import asyncio
import io
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.base import TaskResult
from autogen_agentchat.conditions import MaxMessageTermination
from autogen_agentchat.messages import MultiModalMessage, StructuredMessage
from autogen_agentchat.teams import RoundRobinGroupChat, SelectorGroupChat
from autogen_core import CancellationToken, FunctionCall, Image
from autogen_core.models import (
    AssistantMessage,
    CreateResult,
    FunctionExecutionResult,
    FunctionExecutionResultMessage,
    SystemMessage,
    UserMessage,
)
from model_server import ModelServer, Served
from PIL import Image as Pillow
from pydantic import BaseModel
from scripted import ScriptedTransport, said

from jury.clerk.senses import Stated
from jury.errors import InputError, StoppedEarlyError
from jury.gateway.autogen.client import GatewayChatClient, UnansweredError, unwrapped
from jury.gateway.autogen.messages import StoredImage
from jury.gateway.spending.budget import Limits
from jury.means import Means, opened
from jury.media import MediaStore, inspect_image
from jury.prompt_files import open_library
from jury.records import Completion, ImagePart, Juror, MediaRef, ModelFacts, Request

LOCAL = "hosted_vllm/local"


class Vote(BaseModel):
    choice: str
    rating: int = 3


@pytest.fixture
def transport() -> ScriptedTransport:
    return ScriptedTransport()


@pytest.fixture
async def means(tmp_path: Path, transport: ScriptedTransport) -> AsyncIterator[Means]:
    async with opened(tmp_path, open_library(), transport=transport) as held:
        yield held


def client(means: Means, model: str = "test/safe", **settings: object) -> GatewayChatClient:
    return GatewayChatClient(means.gateway, Juror(model=model), means.media, **settings)


def task(text: str = "Is it safe?") -> UserMessage:
    return UserMessage(content=text, source="user")


def team(*clients: GatewayChatClient, messages: int = 5) -> RoundRobinGroupChat:
    agents = [
        AssistantAgent(f"juror_{number}", model_client=one, system_message=f"You are juror {number}.")
        for number, one in enumerate(clients, start=1)
    ]
    return RoundRobinGroupChat(agents, termination_condition=MaxMessageTermination(messages))


async def discussion(means: Means, *models: str, about: str | MultiModalMessage = "Is it safe?") -> TaskResult:
    clients = [client(means, model, item="case-1") for model in models]
    with unwrapped(*clients):
        return await team(*clients).run(task=about)


def png() -> bytes:
    buffer = io.BytesIO()
    Pillow.linear_gradient("L").save(buffer, "PNG")
    return buffer.getvalue()


def stored(media: MediaStore) -> StoredImage:
    ref = inspect_image(png())
    assert isinstance(ref, MediaRef)
    media.put(png(), ref)
    return StoredImage(ref, media)


def images(request: Request) -> list[ImagePart]:
    return [part for message in request.messages for part in message.parts if isinstance(part, ImagePart)]


async def test_a_team_talks_to_its_end_and_every_call_of_it_is_in_the_ledger(means, transport):
    result = await discussion(means, "test/safe", "test/unsafe")

    spoken = [(message.source, message.content) for message in result.messages]
    turns = [("juror_1", "safe sums up"), ("juror_2", "unsafe sums up")]
    assert spoken == [("user", "Is it safe?"), *turns, *turns]
    assert {request.key for request, _ in means.ledger.calls()} == set(transport.attempts)
    assert sum(transport.attempts.values()) == 4


async def test_the_same_discussion_again_makes_no_call(means, transport):
    first = await discussion(means, "test/safe", "test/unsafe")
    made = len(transport.requests)
    again = await discussion(means, "test/safe", "test/unsafe")

    assert len(transport.requests) == made
    assert [message.to_text() for message in again.messages] == [message.to_text() for message in first.messages]


async def test_a_replayed_answer_says_so_and_counts_as_no_usage(means):
    first, again = client(means), client(means)
    assert not (await first.create([task()])).cached
    assert (await again.create([task()])).cached
    assert [(one.actual_usage().prompt_tokens, one.total_usage().prompt_tokens) for one in (first, again)] == [
        (10, 10),
        (0, 10),
    ]


async def test_every_reply_leads_to_its_calls_and_their_cost_failures_too(means, transport):
    asked = client(means, "test/mute")
    await asked.create([task()])
    with pytest.raises(UnansweredError):
        await asked.create([task()], json_output=Vote)

    said, failed = asked.replies
    assert [*said.keys, *failed.keys] == [request.key for request in transport.requests]
    assert (said.usage.cost, failed.usage.cost) == (0.001, 0.002)
    assert (said.error, failed.error.kind) == (None, "unreadable")


async def test_equal_minds_are_asked_apart_by_their_sample(means, transport):
    for sample in (0, 1):
        await client(means, sample=sample).create([task()])
    assert [request.sample for request in transport.requests] == [0, 1]


async def test_speakers_alternate_and_the_others_are_named(means, transport):
    heard = [
        SystemMessage(content="You judge."),
        task(),
        UserMessage(content="It is.", source="juror_1"),
        AssistantMessage(content="Is it?", thought="hm", source="juror_2"),
        UserMessage(content="Yes.", source="juror_1"),
    ]
    await client(means).create(heard)

    [request] = transport.requests
    assert [message.role for message in request.messages] == ["system", "user", "assistant", "user"]
    assert said(request).split("\n") == ["You judge.", "Is it safe?", "", "juror_1: It is.", "Is it?", "juror_1: Yes."]


async def test_what_the_others_said_can_be_fenced(means, transport):
    fenced = client(means, heard=lambda source, text: f"<{source}|{text}>")
    await fenced.create([UserMessage(content="Obey me.", source="juror_1")])
    assert said(transport.requests[0]) == "<juror_1|Obey me.>"


async def test_an_exhibit_reaches_every_speaker_as_it_is_stored(means, transport):
    exhibit = stored(means.media)
    question = MultiModalMessage(content=["Is it safe?", exhibit], source="user")
    await discussion(means, "test/safe", "test/unsafe", about=question)

    assert [images(request) for request in transport.requests] == [[ImagePart(media=exhibit.ref)]] * 4


async def test_an_image_of_somebodys_own_is_put_into_the_store(means, transport):
    own = Image.from_pil(Pillow.new("RGB", (20, 10), "red"))
    await client(means).create([UserMessage(content=["Look.", own], source="user")])

    [image] = images(transport.requests[0])
    assert (image.media.width, image.media.height) == (20, 10)
    assert inspect_image(means.media.read(image.media)) == image.media


async def test_an_image_too_large_for_any_model_is_refused_in_one_sentence(means):
    long = Image.from_pil(Pillow.new("RGB", (17_000, 1)))
    with pytest.raises(InputError, match=r"an image in a message can't be sent \(too_large: .*make it smaller"):
        await client(means).create([UserMessage(content=[long], source="user")])


async def test_an_exhibit_can_still_be_looked_at(means):
    exhibit = stored(means.media)
    assert exhibit.image.size == Pillow.open(io.BytesIO(png())).size
    assert exhibit.data_uri.startswith("data:image/png;base64,")


async def test_a_moderator_picks_speakers_by_a_prompt_that_is_replayed_even_with_an_exhibit(means, transport):
    made = []
    exhibits = [stored(means.media), stored(means.media)]
    for exhibit in exhibits:
        jurors = [
            AssistantAgent(name, model_client=client(means, f"test/{name}"), description="a juror")
            for name in ("safe", "unsafe")
        ]
        room = SelectorGroupChat(jurors, client(means, "test/unsafe"), termination_condition=MaxMessageTermination(3))
        result = await room.run(task=MultiModalMessage(content=["Is it?", exhibit], source="user"))
        made.append(len(transport.requests))

        assert [message.source for message in result.messages] == ["user", "unsafe", "safe"]
    assert made[0] == made[1]


async def test_a_failed_call_ends_the_team_with_its_cause(means):
    with pytest.raises(UnansweredError, match="is broken") as failed:
        await discussion(means, "test/safe", "test/broken")
    assert failed.value.cause.kind == "error"


async def test_a_failed_call_is_not_told_a_second_time_by_autogens_log(means, caplog):
    with pytest.raises(UnansweredError):
        await discussion(means, "test/broken", "test/safe")
    assert [record.getMessage() for record in caplog.records if record.name.startswith("autogen")] == []


async def test_a_failed_call_is_kept_and_not_made_again(means, transport):
    for _ in range(2):
        with pytest.raises(UnansweredError):
            await client(means, "test/broken").create([task()])
    assert len(transport.requests) == 1


async def test_an_error_that_is_no_models_stays_what_it_is(means):
    def broken() -> None:
        with unwrapped(client(means)):
            raise RuntimeError("not a model's")

    with pytest.raises(RuntimeError, match="not a model's"):
        broken()


async def test_a_used_up_budget_stops_the_run_from_within_a_team(tmp_path, transport):
    async with opened(tmp_path, open_library(), transport=transport, limits=Limits(calls=2)) as means:
        with pytest.raises(StoppedEarlyError, match="--max-calls"):
            await discussion(means, "test/safe", "test/unsafe")
    assert len(transport.requests) == 2


async def test_tools_are_refused_in_one_sentence(means, transport):
    tool = {"name": "look_up", "description": "looks something up"}
    asked = client(means)
    with pytest.raises(InputError) as refused:
        await asked.create([task()], tools=[tool])
    assert str(refused.value) == "model 'test/safe' was given tools, but jurors only talk; leave the tools out"
    assert transport.requests == []


@pytest.mark.parametrize(
    "message",
    [
        FunctionExecutionResultMessage(content=[FunctionExecutionResult(content="4", name="add", call_id="1")]),
        AssistantMessage(content=[FunctionCall(id="1", name="add", arguments="{}")], source="juror_1"),
    ],
    ids=["result", "call"],
)
async def test_traces_of_tools_are_refused(means, message):
    with pytest.raises(InputError, match="leave the tools out"):
        await client(means).create([task(), message])


async def test_an_answer_of_a_class_is_asked_for_by_its_schema_and_fits_it(means, transport):
    result = await client(means).create([task()], json_output=Vote)

    assert Vote.model_validate_json(result.content) == Vote(choice="safe", rating=5)
    assert transport.requests[0].answer_schema["required"] == ["choice", "rating"]
    assert transport.requests[0].answer_schema["additionalProperties"] is False


async def test_an_answer_that_fits_no_class_is_asked_for_once_more_and_then_has_a_cause(means, transport):
    with pytest.raises(UnansweredError) as failed:
        await client(means, "test/mute").create([task()], json_output=Vote)
    assert (failed.value.cause.kind, len(transport.requests)) == ("unreadable", 2)


async def test_an_agent_with_an_output_type_says_what_fits_it(means):
    agent = AssistantAgent("juror", model_client=client(means), output_content_type=Vote)
    result = await agent.run(task="Is it safe?")
    assert isinstance(result.messages[-1], StructuredMessage)
    assert result.messages[-1].content == Vote(choice="safe", rating=5)


async def test_any_object_is_read_out_of_the_words_around_it(tmp_path):
    async with opened(tmp_path, open_library(), transport=saying(Completion(text='Here: {"a": 1}'))) as means:
        result = await client(means).create([task()], json_output=True)
    assert json.loads(result.content) == {"a": 1}


async def test_thoughts_and_the_reason_for_the_end_are_passed_on(tmp_path):
    cut = Completion(text="It is", thinking="hm", finish_reason="length", output_tokens=2)
    async with opened(tmp_path, open_library(), transport=saying(cut)) as means:
        result = await client(means).create([task()])
    assert (result.content, result.thought, result.finish_reason) == ("It is", "hm", "length")


async def test_a_stream_is_the_whole_answer_at_once(means):
    pieces = [piece async for piece in client(means).create_stream([task()])]
    assert [type(piece) for piece in pieces] == [CreateResult]


async def test_settings_for_one_question_outweigh_the_jurors(means, transport):
    await client(means).create([task()], extra_create_args={"temperature": 1.5, "top_p": 0.5})
    [request] = transport.requests
    assert (request.temperature, request.params) == (1.5, {"top_p": 0.5})


async def test_a_key_among_the_settings_is_refused(means):
    with pytest.raises(InputError, match="keys come from the environment"):
        await client(means).create([task()], extra_create_args={"api_key": "sk-planted"})


async def test_a_cancelled_question_is_answered_into_the_ledger_all_the_same(tmp_path):
    begun, token = asyncio.Event(), CancellationToken()

    async def slowly() -> None:
        begun.set()
        await asyncio.sleep(0.05)

    async with opened(tmp_path, open_library(), transport=saying(Completion(text="late"), slowly)) as means:
        asking = asyncio.create_task(client(means).create([task()], cancellation_token=token))
        await begun.wait()
        token.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        await means.gateway.close()
        assert [completion.text for _, completion in means.ledger.calls()] == ["late"]


async def test_a_model_that_cannot_see_is_said_not_to(means):
    assert client(means).model_info["vision"]
    assert not client(means, senses=Stated(sees=False)).model_info["vision"]
    assert not client(means).model_info["function_calling"]


async def test_tokens_are_counted_and_those_left_are_told_where_the_model_is_known(means):
    asked = client(means, "gpt-4o")
    counted = asked.count_tokens([task()])
    assert counted > 0
    assert asked.remaining_tokens([task()]) == 128_000 - counted
    with pytest.raises(InputError, match="use a context that counts messages"):
        client(means).remaining_tokens([task()])


async def test_a_team_talks_over_real_sockets_and_shows_the_exhibit(tmp_path):
    facts = {LOCAL: ModelFacts(sees=True, hears=False)}
    with ModelServer(lambda _: Served(text="I see it.")) as server:
        async with opened(tmp_path, open_library(), models=facts) as means:
            juror = Juror(model=LOCAL, api_base=server.base)
            pair = [GatewayChatClient(means.gateway, juror, means.media, sample=sample) for sample in (0, 1)]
            question = MultiModalMessage(content=["Is it safe?", stored(means.media)], source="user")
            with unwrapped(*pair):
                result = await team(*pair, messages=3).run(task=question)
            kept = len(list(means.ledger.calls()))

    assert [message.to_text() for message in result.messages[1:]] == ["I see it."] * 2
    assert kept == len(server.requests) == 2
    for request in server.requests:
        [shown] = [block for message in request["messages"] for block in message["content"] if "image_url" in block]
        assert shown["image_url"]["url"].startswith("data:image/png;base64,")


def test_autogen_is_imported_by_nobody_who_does_not_ask_for_it(tmp_path):
    imported = (
        "import jury, jury.means, jury.gateway.call, graphs, sys; print([m for m in sys.modules if 'autogen' in m])"
    )
    found = subprocess.run([sys.executable, "-c", imported], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def saying(completion: Completion, before: Callable[[], object] | None = None) -> object:
    """A transport that always answers alike."""

    class Saying:
        async def attempt(self, request: Request, timeout: float) -> Completion:
            if before is not None:
                await before()
            return completion

    return Saying()
