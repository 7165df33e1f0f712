"""Reading descriptions: short plain texts, or the reason why they can't be used."""

from typing import Any

import pytest

from jury.gateway.answers.form import UnreadableError
from jury.illustrating.interpreting import LONGEST, Description, description_form

SCENE = "It leans on a wall."


def read(**said: Any) -> Description:
    return description_form().read({"subject": "A ladder", "scene": SCENE, **said})


def test_a_description_is_a_subject_and_a_scene() -> None:
    assert read() == Description(subject="A ladder", scene=SCENE)


@pytest.mark.parametrize("subject", ["A ladder.", "  A\n ladder ", "A\x00 ladder\x1b", "A ladder。", "A lad\ud800der"])
def test_a_subject_is_one_line_without_a_full_stop_or_control_characters(subject: str) -> None:
    assert read(subject=subject).subject == "A ladder"


@pytest.mark.parametrize("name", ["subject", "scene"])
@pytest.mark.parametrize("said", ["", " \n", 7, None, ["A ladder"], {"a": "ladder"}])
def test_without_words_it_is_unreadable_and_names_what_is_missing(name: str, said: object) -> None:
    with pytest.raises(UnreadableError, match=f"has no `{name}`"):
        read(**{name: said})


@pytest.mark.parametrize("subject", [".", "。 ."])
def test_a_full_stop_is_no_subject(subject: str) -> None:
    with pytest.raises(UnreadableError, match="has no `subject`"):
        read(subject=subject)


@pytest.mark.parametrize("name", ["subject", "scene"])
def test_a_text_without_end_is_unreadable_and_says_how_long_it_may_be(name: str) -> None:
    most = LONGEST[name]
    assert len(getattr(read(**{name: "x" * most}), name)) == most
    with pytest.raises(UnreadableError, match=f"has a `{name}` of more than {most} characters"):
        read(**{name: "x" * (most + 1)})


@pytest.mark.parametrize("said", ["I'm sorry, but I can't describe that.", "抱歉，我无法描述。"])
@pytest.mark.parametrize("name", ["subject", "scene"])
def test_a_refusal_in_a_descriptions_clothes_is_told_by_its_words(name: str, said: str) -> None:
    with pytest.raises(UnreadableError, match="is a refusal") as caught:
        read(**{name: said})
    assert caught.value.said == said


@pytest.mark.parametrize("value", [None, [], "A ladder", 7])
def test_what_is_no_object_is_unreadable(value: object) -> None:
    with pytest.raises(UnreadableError, match="is not a JSON object"):
        description_form().read(value)
