"""Arguments as people write them after a name."""

import pytest

from jury.errors import InputError
from jury.spelling import arguments, name_of


def ring(places: int, near: float, far: float = 2) -> float:
    return places + near + far


def test_arguments_are_written_by_place_or_by_name():
    assert arguments("topology", "ring:1,3", ring) == {"near": 1.0, "far": 3.0}
    assert arguments("topology", "ring: far=4 , near=1", ring) == {"near": 1.0, "far": 4.0}
    assert name_of("ring:1") == name_of("ring") == "ring"


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("ring", "topology 'ring' needs its argument 'near', as in `ring:near=…`"),
        ("ring:near=1,wide=2", "topology 'ring' has no argument 'wide'; it takes near, far"),
        ("ring:1,2,3", "topology 'ring' has no argument '3'"),
        ("ring:near=close", "topology 'ring': near='close' is not a number"),
        ("ring:near=inf", "topology 'ring': near=inf is not a finite number"),
    ],
)
def test_what_can_not_be_read_is_named_with_the_way_out(written, complaint):
    with pytest.raises(InputError) as error:
        arguments("topology", written, ring)
    assert complaint in str(error.value)
