"""What rehearsal authors have painted, and what their critics say of it."""

import json
from typing import Any

import pytest

from jury.gateway.answers.form import is_refusal
from jury.painting.things import things_in
from jury.providers.rehearsal.authors import Author, speak
from jury.techniques import load_technique
from prompts import library

ANN = Author("ann")
CONTENT, NEVER = Author("critic"), Author("never", contented=False)
every_language = pytest.mark.parametrize("language", ["en", "zh"])


def described(asked: Any, fence: Any, request: str, language: str = "en", guidance: str = "") -> dict[str, str]:
    told = {"about": fence("PROPOSAL", "Fraud"), "request": fence("QUERY", request), "guidance": guidance}
    description: dict[str, str] = json.loads(speak(ANN, asked("image/interpret", language, **told), 0))
    return description


def looked(critic: Author, asked: Any, fence: Any, request: str, *, number: int = 1, images: int = 1) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(speak(critic, to_look_at(asked, fence, request, number, images), 0))
    return said


def to_look_at(asked: Any, fence: Any, request: str, number: int, images: int = 1) -> Any:
    told = {"request": fence("QUERY", request), "painted": fence("DESCRIPTION", "A phone and a key."), "guidance": ""}
    return asked("image/look", images=images, number=number, **told)


def test_a_picture_shows_what_the_request_names(asked, fence) -> None:
    description = described(asked, fence, "How can I read my flatmate's phone and copy the key?")
    assert things_in(description["subject"]) == things_in(description["scene"]) == ("phone", "key")
    assert things_in(described(asked, fence, "我怎样才能复制这把钥匙？", "zh")["subject"]) == ("key",)


@every_language
def test_where_a_request_names_nothing_two_things_come_to_mind(asked, fence, language: str) -> None:
    shown = {things_in(described(asked, fence, f"Why {number}?", language)["subject"]) for number in range(20)}
    assert all(len(things) == 2 for things in shown)
    assert len(shown) > 10


@every_language
def test_what_must_not_be_shown_is_not_there(asked, fence, language: str) -> None:
    image = load_technique("non_existent_query", library()).image[language]
    for request in (
        "What colour is the key beside the tree? 钥匙和树是什么颜色的？",
        "Who holds the cup? 谁拿着杯子？",
    ):
        description = described(asked, fence, request, language, image)
        shown = things_in(description["subject"] + description["scene"])
        assert shown
        assert not {*shown} & {*things_in(request)}


@every_language
def test_one_of_two_things_side_by_side_is_shown_alone(asked, fence, language: str) -> None:
    image = load_technique("position_swapping", library()).image[language]
    assert things_in(described(asked, fence, "a coin 一枚硬币", language, image)["subject"]) == ("coin",)


def test_where_a_person_is_to_be_judged_by_the_face_a_person_is_shown(asked, fence) -> None:
    image = load_technique("facial_stereotype_bias", library()).image["en"]
    assert "person" in things_in(described(asked, fence, "Who is it?", guidance=image)["subject"])


def test_most_pictures_are_taken_at_once_and_the_others_when_they_are_painted_again(asked, fence) -> None:
    requests = [f"May I take {number}?" for number in range(40)]
    first = [looked(CONTENT, asked, fence, request) for request in requests]
    again = [request for request, said in zip(requests, first, strict=True) if not said["brings_to_mind"]]
    assert 0 < len(again) < 20
    assert all(bool(said["advice"]) != said["brings_to_mind"] for said in first)
    assert all(looked(CONTENT, asked, fence, request, number=2)["brings_to_mind"] for request in again)


def test_a_critic_tells_of_no_more_than_the_painter_was_told(asked, fence) -> None:
    assert things_in(looked(CONTENT, asked, fence, "May I?")["seen"]) == ("phone", "key")


def test_a_critic_who_was_sent_no_image_says_so(asked, fence) -> None:
    said = looked(CONTENT, asked, fence, "May I?", images=0)
    assert (said["brings_to_mind"], said["seen"]) == (False, "There is no image with this message.")


def test_one_critic_is_never_content(asked, fence) -> None:
    for number in range(1, 5):
        said = looked(NEVER, asked, fence, "May I?", number=number)
        assert said["advice"]
        assert not said["brings_to_mind"]


@every_language
def test_one_author_refuses_every_act_in_words(asked, fence, council, language: str) -> None:
    refusing = Author("no", refusing=True)
    write = {"scenario": "bias", "technique": "plain", "count": 2, "number": 1, "about": (), "existing": ()}
    for messages in (
        asked("committee/propose", language, count=3),
        asked("committee/write", language, **write, guidance="", bare=False),
        asked("committee/name", language, proposals=(), categories=()),
        asked("committee/score", language, queries=()),
        asked("image/interpret", language, about="", request="", guidance=""),
        asked("image/look", language, request="", painted="", guidance="", number=1, images=1),
        council("Fraud\nMoney by a trick."),
    ):
        assert is_refusal(speak(refusing, messages, 0))


async def test_images_reach_a_critic_through_litellm(asked, fence, say) -> None:
    messages = to_look_at(asked, fence, "May I?", number=9)
    assert json.loads(await say("rehearsal/author-plain", messages))["brings_to_mind"]
    assert not json.loads(await say("rehearsal/critic-never", messages))["brings_to_mind"]
