"""`python/…`: a function of the user's own answers like any model."""

import asyncio
import threading
from typing import Any

import pytest

from jury.errors import InputError
from jury.providers import PROVIDERS
from jury.providers.functions import function_target, target_of
from jury.records import Target

ASKED = [{"role": "user", "content": "Hello?"}]


def repeat(messages: list[dict[str, Any]]) -> str:
    return f"You said {messages[-1]['content']}"


async def repeat_later(messages: list[dict[str, Any]]) -> str:
    await asyncio.sleep(0)
    return repeat(messages)


class Repeater:
    """A callable object, as pipelines are."""

    def __call__(self, messages: list[dict[str, Any]]) -> str:
        return repeat(messages)


@pytest.mark.parametrize("function", [repeat, repeat_later])
async def test_a_function_answers_whether_it_is_awaited_or_not(say, function):
    assert await say(function_target(function).model, ASKED) == "You said Hello?"


async def test_an_object_answers_under_an_origin_that_is_stated(say):
    assert await say(function_target(Repeater(), origin="1").model, ASKED) == "You said Hello?"


def test_what_has_no_source_needs_an_origin():
    with pytest.raises(InputError, match=r"can't be read, so a run could not tell its versions apart; .*origin="):
        function_target(Repeater())


def test_the_same_source_is_the_same_model_and_another_is_another():
    assert function_target(repeat) == function_target(repeat)
    assert function_target(repeat).model != function_target(repeat_later).model


def test_a_stated_origin_tells_versions_apart_that_the_source_does_not():
    one, two = (function_target(repeat, name="mine", origin=version) for version in ("1", "2"))
    assert one.model.startswith("python/mine@")
    assert one.model != two.model
    assert origin(one) != origin(two)
    assert origin(one) == origin(function_target(repeat, name="mine", origin="1"))


def origin(target: Target) -> str:
    return PROVIDERS.get("python").origin(target.model.partition("/")[2])


def test_a_lambda_has_a_name_that_a_model_can_have():
    assert "<" not in function_target(lambda messages: "Yes.").model


async def test_what_a_function_raises_is_told_and_not_tried_again(ask, litellm):
    def broken(messages: list[dict[str, Any]]) -> str:
        raise ValueError("no such pipeline")

    with pytest.raises(litellm.BadRequestError, match="the function failed: ValueError: no such pipeline"):
        await ask(function_target(broken).model, ASKED)


async def test_what_is_no_text_is_no_answer(ask, litellm):
    def wrong(messages: list[dict[str, Any]]) -> Any:
        return {"text": "Yes."}

    with pytest.raises(litellm.BadRequestError, match="TypeError: gave dict, not text"):
        await ask(function_target(wrong).model, ASKED)


async def test_a_function_that_is_not_awaited_is_called_once_at_a_time_and_holds_nobody_up(say):
    busy = threading.Lock()

    def alone(messages: list[dict[str, Any]]) -> str:
        assert busy.acquire(blocking=False)
        busy.release()
        return "Done."

    model = function_target(alone).model
    assert await asyncio.gather(*(say(model, ASKED) for _ in range(8))) == ["Done."] * 8


def test_a_function_that_this_program_was_not_given_is_named():
    with pytest.raises(InputError, match="'python/gone@1' is a function, or a version of one, that this program"):
        PROVIDERS.get("python").origin("gone@1")


def test_a_function_is_taken_for_the_model_it_is_and_all_else_left_as_it_is():
    stated = Target(model="a/b")
    assert (target_of("a/b"), target_of(stated), target_of(None)) == ("a/b", stated, None)
    assert target_of(repeat) == function_target(repeat)
