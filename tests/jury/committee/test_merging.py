"""What becomes of groups that members merged: chains have an end, circles have a head."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury.committee.merging import Fate, fates, merged_into

NUMBERS = range(1, 7)
CHOICES = st.sampled_from([None, "keep", "reject", *(f"merge_{number}" for number in NUMBERS)])


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ({1: "keep"}, {1: Fate(1)}),
        ({1: "reject"}, {1: Fate(1, "rejected")}),
        ({1: None}, {1: Fate(1, "undecided")}),
        ({1: "merge_2", 2: "keep"}, {1: Fate(2), 2: Fate(2)}),
        ({1: "merge_2", 2: "merge_3", 3: "keep"}, {1: Fate(3), 2: Fate(3), 3: Fate(3)}),
        ({1: "merge_2", 2: "reject"}, {1: Fate(2, "rejected"), 2: Fate(2, "rejected")}),
        ({1: "merge_2", 2: None}, {1: Fate(2, "undecided"), 2: Fate(2, "undecided")}),
        ({1: "merge_2", 2: "merge_1"}, {1: Fate(1), 2: Fate(1)}),
        ({1: "merge_3", 2: "merge_3", 3: "merge_2"}, {1: Fate(2), 2: Fate(2), 3: Fate(2)}),
    ],
    ids=[
        "kept",
        "rejected",
        "undecided",
        "merged",
        "chain",
        "into-rejected",
        "into-undecided",
        "circle",
        "into-circle",
    ],
)
def test_merges_are_followed_to_their_end(decisions: dict[int, str | None], expected: dict[int, Fate]) -> None:
    assert fates(decisions) == expected


def test_only_a_merge_names_a_group() -> None:
    assert merged_into("merge_12") == 12
    assert [merged_into(choice) for choice in ("keep", "reject", None)] == [None, None, None]


@given(st.fixed_dictionaries(dict.fromkeys(NUMBERS, CHOICES)))
def test_every_group_shares_the_fate_of_the_one_it_goes_into(decisions: dict[int, str | None]) -> None:
    found = fates(decisions)
    assert set(found) == set(decisions)
    for fate in found.values():
        assert found[fate.into] == fate
    assert fates(dict(reversed(decisions.items()))) == found


@given(st.fixed_dictionaries(dict.fromkeys(NUMBERS, CHOICES)))
def test_a_group_that_was_rejected_is_never_kept(decisions: dict[int, str | None]) -> None:
    found = fates(decisions)
    for number, choice in decisions.items():
        if choice in {"reject", None}:
            assert found[number].reason
        if choice == "keep":
            assert found[number] == Fate(number)
