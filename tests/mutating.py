"""Files gone wrong by accident or on purpose, and how many of them a test tries."""

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

#: `JURY_FUZZ=2000 pytest tests/…` tries more than a suite that people wait for does.
EXAMPLES = int(os.environ.get("JURY_FUZZ", "30"))

fuzzed = settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)


def mutated(whole: bytes) -> st.SearchStrategy[bytes]:
    """The bytes of a file with up to six of its stretches written over, pushed apart, cut out or doubled."""
    change = st.tuples(
        st.sampled_from(["over", "into", "out", "double", "end"]),
        st.integers(0, max(0, len(whole) - 1)),
        st.binary(max_size=8) | st.sampled_from([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"9" * 20]),
    )
    return st.lists(change, min_size=1, max_size=6).map(lambda changes: _changed(whole, changes))


def _changed(data: bytes, changes: list[tuple[str, int, bytes]]) -> bytes:
    for kind, at, new in changes:
        before, after = data[:at], data[at:]
        data = {
            "over": before + new + after[len(new) :],
            "into": before + new + after,
            "out": before + after[len(new) + 1 :],
            "double": before + after[:64] + after,
            "end": before,
        }[kind]
    return data
