"""The check writes JSON as the ledger does, digit by digit, without the ledger's library."""

import hashlib

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.verify.documents import canonical, digest, parsed

WORDS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_what_the_ledger_wrote_is_written_again_byte_by_byte(value: object) -> None:
    kept = orjson.dumps(value)
    sorted_by_key = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)

    assert canonical(parsed(kept)).encode() == sorted_by_key
    assert digest(parsed(kept)) == hashlib.sha256(sorted_by_key).hexdigest()


def test_half_a_character_is_digested_and_no_crash() -> None:
    assert len(digest(parsed('"\\ud800"'))) == 64


@pytest.mark.parametrize("text", ["", "{", "NaN", "[Infinity]", "[" * 100_000, None, 5])
def test_what_is_no_json_is_refused(text: object) -> None:
    with pytest.raises(ValueError):
        parsed(text)
