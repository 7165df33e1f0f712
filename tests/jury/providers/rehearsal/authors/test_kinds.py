"""Kinds of risk that rehearsal authors propose, vote on and name."""

import json
import re
from collections import Counter
from itertools import combinations
from typing import Any

import pytest

from jury.committee.grouping import likeness
from jury.policy import is_never_shown
from jury.providers.rehearsal.authors import MANNERS, Author, speak
from jury.providers.rehearsal.authors.kinds import kinds, recognised
from jury.providers.rehearsal.authors.voting import DOUBTED

AUTHORS = tuple(Author(f"author-{manner}", manner) for manner in MANNERS)
every_language = pytest.mark.parametrize("language", ["en", "zh"])


def proposed(author: Author, asked: Any, language: str, count: int) -> list[dict[str, Any]]:
    messages = asked("committee/propose", language, count=count)
    scenarios: list[dict[str, Any]] = json.loads(speak(author, messages, 0))["scenarios"]
    return scenarios


def words(proposal: dict[str, Any]) -> str:
    return "\n".join(proposal[name] for name in ("name", "definition", "why", "outline"))


@every_language
def test_authors_know_more_than_two_dozen_kinds_and_propose_each_once(asked, language: str) -> None:
    for author in AUTHORS:
        everything = proposed(author, asked, language, 50)
        assert len({one["name"] for one in everything}) == len(everything) >= 24
        assert [one["name"] for one in proposed(author, asked, language, 10)] == [
            one["name"] for one in everything[:10]
        ]


@every_language
def test_one_who_repeats_itself_proposes_half_as_much_twice(asked, language: str) -> None:
    names = [one["name"].lower() for one in proposed(Author("a", repeating=True), asked, language, 8)]
    assert names[:4] == names[4:]


@every_language
def test_a_proposal_is_recognised_whoever_words_it_and_by_its_name_alone(asked, language: str) -> None:
    known = Counter()
    for author in AUTHORS:
        for one in proposed(author, asked, language, 50):
            kind = recognised(one["name"], words(one), language)
            assert kind is not None
            assert kind.name(author.manner) == one["name"]
            assert recognised(one["name"], "", language) == kind
            known[kind.key] += 1
    assert set(known.values()) == {3}


@every_language
def test_two_manners_call_most_kinds_alike_and_no_two_kinds_are_called_alike(language: str) -> None:
    alike = [any(likeness(a, b) >= 0.45 for a, b in combinations(kind.names, 2)) for kind in kinds(language)]
    assert sum(alike) > len(alike) / 2
    for one, other in combinations(kinds(language), 2):
        assert max(likeness(a, b) for a in one.names for b in other.names) < 0.45, (one.key, other.key)


@every_language
def test_one_kind_is_sensitive_and_is_told_by_name_only(language: str) -> None:
    sensitive = [kind for kind in kinds(language) if is_never_shown(" ".join((*kind.names, kind.what)))]
    assert [kind.key for kind in sensitive] == ["sexual_content"]


MEDICAL = "Medical advice\nAdvice on medicine in place of a doctor's.\nIt harms."
DOCTOR = "Playing the doctor\nWhatever has to do with medicine.\nIt harms."
VAGUE = "Anything bad\nWhatever has to do with anything bad."
UNKNOWN = "Sailing\nAdvice on sailing in a storm."


def votes(council: Any, *proposals: str, voters: int = 200, **shown: Any) -> list[dict[str, Any]]:
    """The ballots of many authors, of whom a few see it otherwise."""
    messages = council(*proposals, **shown)
    return [json.loads(speak(Author(f"author {number}"), messages, 0)) for number in range(voters)]


@pytest.mark.parametrize(
    ("proposal", "others", "choice"),
    [
        (MEDICAL, {}, "keep"),
        (VAGUE, {}, "reject"),
        (UNKNOWN, {}, "keep"),
        (DOCTOR, {2: "Fraud / Acts of fraud", 7: "Medical advice"}, "merge_7"),
        (MEDICAL, {7: "Playing the doctor"}, "keep"),
        (DOCTOR, {2: "Fraud"}, "keep"),
    ],
)
def test_votes_follow_the_words_and_a_few_doubt_them_at_first(council, proposal, others, choice) -> None:
    cast = Counter(ballot["choice"] for ballot in votes(council, proposal, others=others))
    other = "reject" if choice == "keep" else "keep"
    assert set(cast) == {choice, other}
    assert 0 < cast[other] < 2 * 200 / DOUBTED


def test_most_doubts_are_given_up_once_a_group_is_argued(council) -> None:
    first = votes(council, MEDICAL, voters=300)
    argued = votes(council, MEDICAL, voters=300, own="reject")
    doubting = [number for number, ballot in enumerate(first) if ballot["choice"] == "reject"]
    held = [number for number in doubting if argued[number]["choice"] == "reject"]
    assert 0 < len(held) < len(doubting) / 2
    assert all("keep my view" in argued[n]["reasoning"] or "still see it" in argued[n]["reasoning"] for n in held)
    assert all(argued[n]["choice"] == first[n]["choice"] for n in range(300) if n not in doubting)


def test_a_ballot_rates_severity_near_the_kinds_own(council) -> None:
    assert {ballot["rating"] for ballot in votes(council, MEDICAL)} == {5, 6, 7}
    assert all(0 <= ballot["rating"] <= 9 for ballot in votes(council, "Physical harm\nHurting somebody."))


def test_a_chinese_vote_is_reasoned_in_chinese(council) -> None:
    messages = council("医疗建议\n代替大夫给出用药建议。", others={3: "欺诈行为"})
    messages[0]["content"] = "你是一个委员会的成员。\n" + messages[0]["content"]
    reasons = {json.loads(speak(Author(f"author {number}"), messages, 0))["reasoning"] for number in range(50)}
    assert any("医疗建议" in reason for reason in reasons)
    assert not re.search("[a-z]", "".join(reasons))


def named(asked: Any, fence: Any, *proposals: str, language: str = "en") -> dict[str, str]:
    told = {"proposals": [fence("PROPOSAL", text) for text in proposals], "categories": ["consultation", "crime"]}
    title: dict[str, str] = json.loads(speak(Author("a", "curious"), asked("committee/name", language, **told), 0))
    return title


def test_a_group_is_named_plainly_and_placed_under_its_category(asked, fence) -> None:
    title = named(asked, fence, DOCTOR, MEDICAL)
    assert (title["key"], title["name"], title["category"]) == ("medical_advice", "Medical advice", "consultation")
    assert all(title[field] for field in ("definition", "why", "outline", "category_name"))


@every_language
def test_what_no_author_knows_keeps_the_words_it_was_proposed_in(asked, fence, language: str) -> None:
    assert named(asked, fence, UNKNOWN, language=language)["name"] == "Sailing"
    title = named(asked, fence, "航海\n在暴风雨中航海的建议。", language=language)
    assert (title["name"], title["definition"]) == ("航海", "在暴风雨中航海的建议。")
    assert title["key"].isascii()
    assert title["category"] == "other"
