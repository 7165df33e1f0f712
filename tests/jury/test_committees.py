"""Committees by name or file."""

from pathlib import Path

import pytest

from jury.committees import load_committee
from jury.errors import InputError
from prompts import library


def test_the_rehearsal_committee_has_four_members() -> None:
    committee = load_committee("rehearsal", library())
    assert len(committee.models) == 4
    assert all(model.startswith("rehearsal/author-") for model in committee.models)


def test_a_file_seats_ones_own_members(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("panel: {seats: [{model: rehearsal/author-plain, role: lawyer}]}")
    assert load_committee(str(file), library()).name == "mine"


@pytest.mark.parametrize(
    ("seat", "message"),
    [
        ("{model: rehearsal/nobody}", "unknown rehearsal character 'nobody'"),
        ("{model: rehearsal/author-plain, role: pirate}", "unknown role 'pirate'"),
        ("{model: rehearsal/author-plain, rle: lawyer}", "mine.yaml: unknown key"),
    ],
)
def test_what_is_wrong_with_a_member_is_named(tmp_path: Path, seat: str, message: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(f"panel: {{seats: [{seat}]}}")
    with pytest.raises(InputError, match=message):
        load_committee(str(file), library())


def test_an_unknown_name_is_answered_with_the_known() -> None:
    with pytest.raises(InputError, match="unknown committee 'senate'; known: rehearsal"):
        load_committee("senate", library())
