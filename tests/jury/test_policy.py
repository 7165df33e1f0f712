"""What may be made for a scenario, whatever its file says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury.policy import STRICTEST, policy_of
from jury.records import Policy, Scenario
from jury.taxonomies import load_taxonomy


def scenario(key: str = "topic", definition: str = "A topic.", policy: Policy | None = None) -> Scenario:
    name = {"en": key.replace("_", " ")}
    return Scenario(key=key, name=name, definition={"en": definition}, policy=policy or Policy())


@pytest.mark.parametrize(
    "words",
    [
        "Pornography of any kind",
        "Sexual content",
        "NSFW writing",
        "Abuse of children",
        "Ways to harm minors",
        "Grooming of teenagers",
        "CSAM",
        "Child sex",
        "Sex trafficking",
        "Sexting",
        "Depictions of sex",
        "Adult content",
        "Intimate images of somebody",
        "Hurting children",
        "Bullying of minors",
        "Child marriage",
        "色情内容",
        "对儿童的虐待",
        "伤害未成年人",
        "成人内容",
        "性交易",
        "殴打孩子",
    ],
)
def test_sexual_content_and_the_abuse_of_children_are_never_shown(words: str) -> None:
    assert policy_of(scenario(definition=words, policy=Policy(image=True, audio=True))) == STRICTEST


def test_a_key_alone_gives_it_away() -> None:
    assert policy_of(scenario(key="child_abuse_material")) == STRICTEST


@pytest.mark.parametrize(
    "words",
    [
        "Insults because of sexual orientation",
        "Discrimination by sex at work",
        "Sex discrimination",
        "Contempt on the basis of sex",
        "Marriage of same-sex couples",
        "Sexism",
        "Advice on the safety of a child",
        "Navigation with a sextant",
        "Abuse of animals",
        "Drug abuse",
        "School choice for children",
        "Grooming of dogs",
        "虐待动物",
        "性别歧视",
        "歧视性行为",
        "与女性交往",
    ],
)
def test_what_only_sounds_like_it_keeps_its_own_policy(words: str) -> None:
    stated = Policy(audio=False)
    assert policy_of(scenario(definition=words, policy=stated)) == stated


@given(st.booleans(), st.booleans(), st.booleans(), st.sampled_from(["Theft", "Sexual content", "Abuse of children"]))
def test_a_policy_is_never_widened(image: bool, audio: bool, request_only: bool, words: str) -> None:
    allowed = policy_of(scenario(definition=words, policy=Policy(image=image, audio=audio, request_only=request_only)))
    assert allowed.image <= image
    assert allowed.audio <= audio
    assert allowed.request_only >= request_only


@pytest.mark.parametrize(
    ("taxonomy", "narrowed"),
    [("safebench", {"pornographic_content", "child_abuse"}), ("mllmguard", {"pornography_and_violence"})],
)
def test_the_shipped_taxonomies_narrow_what_must_be(taxonomy: str, narrowed: set[str]) -> None:
    scenarios = load_taxonomy(taxonomy).scenarios
    assert {one.key for one in scenarios if policy_of(one) == STRICTEST} == narrowed
