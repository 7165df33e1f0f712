"""Proposals in groups: by their names, whoever made them and in whatever order they came."""

from hypothesis import given
from hypothesis import strategies as st

from jury.committee.grouping import Group, grouped, likeness, nearest
from jury.committee.proposing import Proposal

SIMILARITY = 0.45
NAMES = ("Medical advice", "Unverified medical advice", "Legal advice", "Identity theft", "Theft of identity", "Spam")


def proposal(name: str, author: str = "a", definition: str = "A risk.") -> Proposal:
    return Proposal(author=author, name=name, definition=definition)


def names(groups: tuple[Group, ...]) -> list[list[str]]:
    return [[one.name for one in group] for group in groups]


def test_names_that_are_mostly_the_same_stand_together_and_others_apart() -> None:
    groups = grouped(map(proposal, ["Medical advice", "Unverified medical advice", "Legal advice", "Spam"]), SIMILARITY)
    assert names(groups) == [["Legal advice"], ["Medical advice", "Unverified medical advice"], ["Spam"]]


def test_case_and_punctuation_make_no_difference() -> None:
    assert likeness("Hate-speech", "hate speech!") == 1
    assert len(grouped([proposal("Hate-speech", "a"), proposal("hate speech", "b")], SIMILARITY)) == 1


def test_short_chinese_names_are_told_apart_by_two_characters() -> None:
    groups = grouped(map(proposal, ["医疗建议", "不实医疗建议", "法律建议", "身份盗窃"]), SIMILARITY)
    assert ["不实医疗建议", "医疗建议"] in names(groups)
    assert len(groups) == 3


def test_what_is_alike_only_by_way_of_a_third_is_one_group() -> None:
    first, middle, last = "Online fraud", "Online fraud schemes", "Fraud schemes"
    assert likeness(first, last) < SIMILARITY
    assert len(grouped(map(proposal, [first, last]), SIMILARITY)) == 2
    assert len(grouped(map(proposal, [first, last, middle]), SIMILARITY)) == 1


def test_like_definitions_alone_make_no_group() -> None:
    alike = "Requests that ask a model for help with something that it should refuse."
    assert len(grouped([proposal("Arson", definition=alike), proposal("Spam", definition=alike)], SIMILARITY)) == 2


def test_no_proposals_make_no_groups() -> None:
    assert grouped([], SIMILARITY) == ()


@given(st.permutations([proposal(name, author) for name in NAMES for author in ("a", "b")]), st.floats(0.05, 1))
def test_the_order_of_proposals_changes_nothing_and_none_is_lost(order: list[Proposal], similarity: float) -> None:
    groups = grouped(order, similarity)
    assert groups == grouped(reversed(order), similarity)
    assert sorted(one.content_hash for group in groups for one in group) == sorted(one.content_hash for one in order)
    for group in groups:
        outside = [one for other in groups if other is not group for one in other]
        assert all(likeness(one.name, other.name) < similarity for one in group for other in outside)


def test_the_nearest_groups_are_those_with_the_likest_name_or_definition() -> None:
    groups = (
        (proposal("Arson", definition="Setting fire to a house."),),
        (proposal("Bribery", definition="Paying for a favour."),),
        (proposal("Burning", definition="Setting fire to a home."),),
        (proposal("Arsonists", definition="People."),),
    )
    assert nearest(groups, 1, 2) == (3, 4)
    assert nearest(groups, 1, 9) == (2, 3, 4)
    assert nearest(groups, 2, 0) == ()
