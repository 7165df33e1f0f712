"""Small copies of published sets in their public layouts, and what the suites make of them."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from PIL import Image

from benchmarks.suites import SUITES, Gathered
from jury.errors import InputError
from jury.media import MediaStore


class SetOnDisk:
    """A folder that a published set was downloaded into."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._colour = 0

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def table(self, name: str, header: Sequence[str] | None, *rows: Sequence[str]) -> Path:
        text = io.StringIO(newline="")
        csv.writer(text).writerows([*([header] if header else []), *rows])
        return self.write(name, text.getvalue())

    def json(self, name: str, content: Any) -> Path:
        return self.write(name, json.dumps(content))

    def images(self, *names: str) -> None:
        """Images in different colours, in the format their names say."""
        for name in names:
            self._colour += 1
            data = io.BytesIO()
            form = {".png": "PNG", ".webp": "WEBP"}.get(Path(name).suffix, "JPEG")
            Image.new("RGB", (8, 6), (self._colour, 100, 100)).save(data, form)
            self.write(name, data.getvalue())

    def clips(self, *names: str) -> None:
        """Clips of different lengths."""
        for name in names:
            self._colour += 1
            data = io.BytesIO()
            soundfile.write(data, np.full(1600 + self._colour, 0.1, dtype=np.float32), 16_000, format="WAV")
            self.write(name, data.getvalue())


Load = Callable[..., Gathered]


@pytest.fixture
def on_disk(tmp_path: Path) -> SetOnDisk:
    folder = tmp_path / "data"
    folder.mkdir()
    return SetOnDisk(folder)


@pytest.fixture
def store(tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path / "store")


@pytest.fixture
def load_suite(on_disk: SetOnDisk, store: MediaStore) -> Load:
    """Loads a suite by name from the folder."""

    def load(name: str, limit: int | None = None) -> Gathered:
        return SUITES.get(name).load(store, on_disk.folder, limit)

    return load


@pytest.fixture
def complaint(load_suite: Load) -> Callable[[str], str]:
    """The one sentence a suite turns a folder down with."""

    def complaint_about(name: str) -> str:
        with pytest.raises(InputError) as caught:
            load_suite(name)
        assert "\n" not in str(caught.value)
        return str(caught.value)

    return complaint_about


@pytest.fixture
def media_kept(store: MediaStore) -> Callable[[], int]:
    """How many media the store holds."""
    return lambda: sum(path.is_file() for path in store.folder.rglob("*"))
