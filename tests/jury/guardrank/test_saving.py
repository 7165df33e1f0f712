"""Models on disk: plain numbers, and not a byte of them altered."""

import json
import zipfile

import pytest
from lessons import lesson

from jury.errors import InputError
from jury.guardrank import Training, load_model, save_model, task_of, train
from jury.guardrank.saving import model_hash


@pytest.fixture(scope="module")
def model():
    found = lesson()
    return train(found, task_of(found.labels, None, None), Training()).model


@pytest.fixture
def folder(tmp_path, model):
    save_model(model, tmp_path / "model")
    return tmp_path / "model"


def test_a_model_says_the_same_after_it_was_saved(folder, model):
    readings = lesson(30, seed=3).readings
    assert load_model(folder).predict(readings) == model.predict(readings)


def test_the_same_model_is_the_same_file(folder, model, tmp_path):
    assert save_model(model, tmp_path / "again") == model_hash(folder)
    assert (tmp_path / "again" / "weights.npz").read_bytes() == (folder / "weights.npz").read_bytes()


def test_nothing_in_it_is_a_pickle(folder):
    with zipfile.ZipFile(folder / "weights.npz") as archive:
        for name in archive.namelist():
            assert archive.read(name).startswith(b"\x93NUMPY")
            assert b"'O'" not in archive.read(name)[:200]


def test_a_model_is_small(folder):
    assert sum(path.stat().st_size for path in folder.iterdir()) < 5_000_000


def complaint_about(folder):
    with pytest.raises(InputError) as caught:
        load_model(folder)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_truncated_weights_are_refused(folder):
    weights = folder / "weights.npz"
    weights.write_bytes(weights.read_bytes()[:-100])
    assert "weights.npz is not the file that model.json was saved with" in complaint_about(folder)


def test_an_altered_threshold_is_refused(folder):
    content = json.loads((folder / "model.json").read_text())
    content["threshold"] = 0.999
    (folder / "model.json").write_text(json.dumps(content))
    assert "was altered after it was saved" in complaint_about(folder)


def test_a_truncated_description_is_refused(folder):
    path = folder / "model.json"
    path.write_bytes(path.read_bytes()[:200])
    assert "is no GuardRank model, or is cut short" in complaint_about(folder)


def test_a_missing_file_is_named(folder, tmp_path):
    (folder / "weights.npz").unlink()
    assert "weights.npz can't be read: No such file or directory" in complaint_about(folder)
    assert "model.json can't be read" in complaint_about(tmp_path)


def test_arrays_of_another_shape_are_refused_even_with_a_right_hash(folder, model, tmp_path):
    from dataclasses import replace

    bad = replace(model, fitted=_Wrong(model.fitted.arrays))
    save_model(bad, tmp_path / "wrong")
    assert "holds a model that can't be used" in complaint_about(tmp_path / "wrong")


class _Wrong:
    def __init__(self, arrays):
        self.arrays = {**arrays, "intercept": arrays["intercept"][:0]}
