"""Whatever a file holds, it loads or is turned down in one sentence."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.sources import Loaded, load
from jury.errors import InputError
from jury.media import MediaStore

CELLS = st.sampled_from(
    ["id", "item_id", "prompt", "response", "gold", "image", "language", ",", '"', "\n", "\r", "\0", " ", "a"]
)
FIELDS = st.sampled_from(
    [
        "id",
        "item_id",
        "prompt",
        "turns",
        "response",
        "gold",
        "image",
        "audio",
        "text",
        "parts",
        "kind",
        "metadata",
        "answers",
    ]
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["text", "a", "zh"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS | st.text(max_size=3), inner, max_size=4),
    max_leaves=8,
)


def outcome(name: str, content: bytes) -> Loaded | str:
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        try:
            return load(str(path), media=MediaStore(Path(folder, "store")))
        except InputError as error:
            return str(error)


def assert_loaded_or_complained(found: Loaded | str) -> None:
    if isinstance(found, str):
        assert "\n" not in found
        assert "; " in found
    else:
        assert len({case.id for case in found.cases}) == len(found.cases) > 0
        assert all(case.content_hash for case in found.cases)


@given(st.lists(CELLS, max_size=40).map("".join) | st.text())
def test_any_csv_text_loads_or_is_turned_down(text):
    assert_loaded_or_complained(outcome("cases.csv", text.encode("utf-8", "surrogatepass")))


@given(st.lists(CELLS, max_size=30).map("".join))
def test_any_rows_below_a_good_header_load_or_are_turned_down(text):
    assert_loaded_or_complained(outcome("cases.csv", b"id,prompt,image\n1,Hello?,\n" + text.encode()))


@given(st.binary())
@pytest.mark.parametrize("name", ["cases.csv", "cases.jsonl"])
def test_any_bytes_load_or_are_turned_down(name, content):
    assert_loaded_or_complained(outcome(name, content))


@settings(max_examples=300)
@given(st.dictionaries(FIELDS, VALUES, max_size=5))
def test_any_json_object_loads_or_is_turned_down(fields):
    assert_loaded_or_complained(outcome("cases.jsonl", json.dumps({"id": "1", "prompt": "Hello?"} | fields).encode()))
