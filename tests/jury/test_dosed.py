"""A condition as it is written in settings."""

import pytest

from jury.dosed import Dosed, dosed
from jury.errors import InputError


@pytest.mark.parametrize(
    ("written", "meant", "again"),
    [
        ("black", Dosed("black"), "black"),
        (" none ", Dosed("none"), "none"),
        ("blurred:0.050", Dosed("blurred", 0.05), "blurred:0.05"),
        ("jpeg:10", Dosed("jpeg", 10), "jpeg:10"),
    ],
)
def test_a_name_and_a_strength_are_read_and_written_one_way(written, meant, again):
    assert dosed(written) == meant
    assert str(meant) == again


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("sepia", "unknown image condition 'sepia'; known: none, intact, black"),
        ("blurred:much", "strength 'much' is no number"),
        ("blurred:nan", "out of range"),
        ("jpeg:96", "out of range; name 1 to 95"),
        ("black:2", "out of range"),
        ("none:1", "'none' takes no strength"),
    ],
)
def test_what_is_no_condition_is_turned_down(written, complaint):
    with pytest.raises(InputError, match=complaint):
        dosed(written)
