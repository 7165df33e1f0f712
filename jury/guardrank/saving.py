"""A model on disk: `model.json` and `weights.npz`, plain numbers only. Loading runs nothing that the files say."""

import hashlib
import io
import zipfile
from dataclasses import asdict
from math import isfinite
from pathlib import Path
from typing import Any, get_args

import numpy as np
import orjson

from jury.atomic import write_atomically
from jury.errors import InputError
from jury.guardrank.backends import BACKENDS
from jury.guardrank.backends.registry import Arrays
from jury.guardrank.calibrating import Calibration, read_calibration
from jury.guardrank.model import Model
from jury.guardrank.scale import Scale
from jury.guardrank.tasks import Kind, Task
from jury.hashing import sha256_of_json

MODEL, WEIGHTS = "model.json", "weights.npz"

#: Changes when files of an older shape can't be read any more.
FORMAT = 1

#: Larger files are refused unread: no model is that large, and a small archive may unfold to anything.
LARGEST = 2_000_000_000

#: Every entry of an archive carries this time, so that the same model is the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def save_model(model: Model, folder: Path) -> str:
    """Write a model into a folder, made if need be; gives its hash, 64 hex digits."""
    weights = _packed(model.fitted.arrays)
    content: dict[str, Any] = {
        "format": FORMAT,
        "task": asdict(model.task),
        "backend": model.backend,
        "calibrations": [one.written() for one in model.scale.calibrations],
        "threshold": model.scale.threshold,
        "sure_from": model.scale.sure_from,
        "about": model.about,
        "weights": {"file": WEIGHTS, "bytes": len(weights), "sha256": hashlib.sha256(weights).hexdigest()},
    }
    content = orjson.loads(orjson.dumps(content))
    content["hash"] = sha256_of_json(content)
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(folder / WEIGHTS, [weights])
    write_atomically(folder / MODEL, [orjson.dumps(content, option=orjson.OPT_INDENT_2), b"\n"])
    return str(content["hash"])


def load_model(folder: Path) -> Model:
    """The model in a folder. Raises `InputError` naming the file for one that is missing, cut short or altered."""
    content = _content(folder)
    weights = folder / WEIGHTS
    packed = _read(weights)
    if hashlib.sha256(packed).hexdigest() != _stated_digest(content):
        raise InputError(f"{weights} is not the file that {MODEL} was saved with: cut short or altered; train again")
    try:
        task = Task(**{**content["task"], "labels": tuple(content["task"]["labels"])})
        calibrations = tuple(read_calibration(one) for one in content["calibrations"])
        arrays = _unpacked(packed)
        _check(task, calibrations, arrays)
        fitted = BACKENDS.get(content["backend"]).restore(arrays)
        scale = Scale(task, calibrations, float(content["threshold"]), float(content["sure_from"]))
        about = dict(content["about"])
    except InputError:
        raise
    except Exception as error:  # archives and arrays fail in some ten ways, a memory that is not to be had among them
        told = " ".join(str(error).split()) or type(error).__name__
        raise InputError(f"{folder} holds a model that can't be used: {told}; train again") from error
    return Model(content["backend"], fitted, scale, about)


def _check(task: Task, calibrations: tuple[Calibration, ...], arrays: Arrays) -> None:
    """Raise `ValueError` for a task that nobody could have been taught, and for parts that answer other questions."""
    labels, questions = task.labels, len(task.questions)
    if task.kind not in get_args(Kind) or not all(isinstance(label, str) for label in labels):
        raise ValueError("it has no task that is known")
    if len(labels) < 2 or len(set(labels)) < len(labels) or (task.kind == "binary" and len(labels) > 2):
        raise ValueError("its labels are not those of its task")
    if task.kind == "binary" and task.positive not in labels:
        raise ValueError("its positive label is none of its labels")
    if task.kind == "ordinal":
        [float(label) for label in labels]
    if len(calibrations) != questions or len(arrays.get("intercept", range(questions))) != questions:
        raise ValueError("its weights or calibrations are those of other questions")
    if not all(isfinite(one.low) and isfinite(one.high) and one.low < one.high for one in calibrations):
        raise ValueError("a calibration has no range")


def _stated_digest(content: dict[str, Any]) -> Any:
    weights = content.get("weights")
    return weights.get("sha256") if isinstance(weights, dict) else None


def model_hash(folder: Path) -> str:
    """The hash of the model in a folder: a change of anything in it changes it. Raises `InputError`."""
    return str(_content(folder)["hash"])


def _content(folder: Path) -> dict[str, Any]:
    path = folder / MODEL
    try:
        content = orjson.loads(_read(path))
        stated = content.pop("hash")
        if content["format"] != FORMAT:
            raise InputError(f"{path} has format {content['format']!r}, this version reads {FORMAT}; train again")
    except (orjson.JSONDecodeError, AttributeError, KeyError, TypeError) as error:
        raise InputError(
            f"{path} is no GuardRank model, or is cut short; train one with `jury guardrank train`"
        ) from error
    if sha256_of_json(content) != stated:
        raise InputError(f"{path} was altered after it was saved: its hash is wrong; train again")
    return {**content, "hash": stated}


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path} is larger than any model; name the folder of a trained one")
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path} can't be read: {error.strerror}; name a folder made by `jury guardrank train`, or `default`"
        ) from error


def _packed(arrays: Arrays) -> bytes:
    """An .npz archive, the same bytes for the same arrays."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in sorted(arrays.items()):
            content = io.BytesIO()
            np.lib.format.write_array(content, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _EPOCH), content.getvalue(), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _unpacked(packed: bytes) -> Arrays:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
            raise ValueError("its arrays are larger than any model's")
    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}
