"""A model from a stranger is loaded or turned down in one sentence, whatever its two files hold and however right their hashes."""

import hashlib
import io
import json
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutating import fuzzed, mutated

import jury.guardrank
from jury.errors import InputError
from jury.guardrank import Reading, load_model
from jury.hashing import sha256_of_json

DEFAULT = Path(jury.guardrank.__file__).parent / "default"
CONTENT, WEIGHTS = json.loads((DEFAULT / "model.json").read_bytes()), (DEFAULT / "weights.npz").read_bytes()

WHOLE = st.integers(-(10**18), 10**18)
WRONG = st.none() | WHOLE | st.text(max_size=3) | st.lists(WHOLE, max_size=2) | st.just({})


def outcome(content, weights):
    """What loading says of files whose hashes are right."""
    parts = {**content, "weights": {**CONTENT["weights"], "sha256": hashlib.sha256(weights).hexdigest()}}
    parts.pop("hash", None)
    parts = orjson.loads(orjson.dumps(parts))
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "weights.npz").write_bytes(weights)
        (folder / "model.json").write_bytes(orjson.dumps({**parts, "hash": sha256_of_json(parts)}))
        try:
            model = load_model(folder)
        except InputError as error:
            assert "\n" not in str(error)  # noqa: PT017 - either way is right
            return str(error)
    assert len(model.predict([Reading("May I?", "Sure, go ahead.")])) == 1
    return model


def packed(**entries):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name + ".npy", content)
    return data.getvalue()


def array(header):
    text = header.encode().ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text + bytes(64)


@fuzzed
@given(mutated(packed(intercept=array("{'descr': '<f8', 'fortran_order': False, 'shape': (8,), }"))))
def test_mutated_weights_are_turned_down(weights):
    assert "can't be used" in outcome(CONTENT, weights)


@fuzzed
@given(st.sampled_from(sorted(set(CONTENT) - {"hash", "weights", "format"})), WRONG)
def test_a_description_with_a_wrong_part_is_loaded_or_turned_down(part, wrong):
    outcome({**CONTENT, part: wrong}, WEIGHTS)


@pytest.mark.parametrize(
    "header",
    [
        "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000000,), }",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }",
        "__import__('os').getcwd()",
        "(" * 100,
    ],
)
def test_an_array_that_is_an_object_or_beyond_memory_is_turned_down(header):
    assert "can't be used" in outcome(CONTENT, packed(intercept=array(header)))


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "regression"},
        {"labels": ["safe"]},
        {"labels": ["safe", "safe"]},
        {"labels": ["safe", 1]},
        {"positive": "nobody"},
        {"kind": "ordinal"},
        {"kind": "nominal"},
    ],
)
def test_a_task_that_nobody_could_have_been_taught_is_turned_down(changes):
    assert "can't be used" in outcome({**CONTENT, "task": {**CONTENT["task"], **changes}}, WEIGHTS)


@pytest.mark.parametrize(
    "changes", [{"low": 1.0, "high": 1.0}, {"low": "x"}, {"curve": {"kind": "Isotonic"}}, {"curve": None}]
)
def test_a_calibration_without_range_or_curve_is_turned_down(changes):
    calibration = {**CONTENT["calibrations"][0], **changes}
    assert "can't be used" in outcome({**CONTENT, "calibrations": [calibration]}, WEIGHTS)


def test_columns_that_no_phrase_falls_into_are_turned_down():
    with np.load(DEFAULT / "weights.npz", allow_pickle=False) as held:
        arrays = dict(held)
    arrays["columns"] = arrays["columns"].copy()
    arrays["columns"][3] = 2**31 - 1
    data = io.BytesIO()
    np.savez(data, **arrays)
    assert "columns that no n-gram falls into" in outcome(CONTENT, data.getvalue())


@pytest.mark.parametrize("weights", [{}, {"weights": None}, {"weights": 1}, {"weights": {}}])
def test_a_description_that_does_not_say_which_weights_is_turned_down(weights, tmp_path):
    parts = {name: value for name, value in CONTENT.items() if name not in {"hash", "weights"}} | weights
    (tmp_path / "weights.npz").write_bytes(WEIGHTS)
    (tmp_path / "model.json").write_bytes(orjson.dumps({**parts, "hash": sha256_of_json(parts)}))
    with pytest.raises(InputError, match=r"weights\.npz is not the file"):
        load_model(tmp_path)


def test_arrays_of_numbers_that_are_none_are_known_by_their_dtype():
    data = io.BytesIO()
    np.savez(data, intercept=np.array(["a"]))
    assert "can't be used" in outcome(CONTENT, data.getvalue())
