"""A media store, and ways to write a source and to hear what is wrong with it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from benchmarks.sources import Loaded, load
from jury.errors import InputError
from jury.media import MediaStore

Write = Callable[..., Path]


@pytest.fixture
def media(tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path / "store")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file into the data folder and returns its path."""

    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / "data" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file


@pytest.fixture
def read(media: MediaStore) -> Callable[..., Loaded]:
    return lambda path, **settings: load(str(path), media=media, **settings)


@pytest.fixture
def complaint(read: Callable[..., Loaded]) -> Callable[..., str]:
    """The one sentence a source is turned down with."""

    def complaint_about(path: Path, **settings: int) -> str:
        with pytest.raises(InputError) as caught:
            read(path, **settings)
        assert "\n" not in str(caught.value)
        return str(caught.value)

    return complaint_about


@pytest.fixture
def bad_row(read: Callable[..., Loaded]) -> Callable[..., str]:
    """What is said of the one row of a source that can't be read: as an invalid case, in its report, and beside its cases."""

    def bad_row_of(path: Path, **settings: int) -> str:
        loaded = read(path, **settings)
        (said,) = loaded.rows.named
        assert said in loaded.problems
        assert "\n" not in said
        causes = [case.problem for case in loaded.cases if case.problem]
        assert [(cause.kind, cause.detail) for cause in causes] == [("row", said)] * loaded.rows.cases
        return said

    return bad_row_of


@pytest.fixture
def red_png(write: Write) -> Path:
    path = write("red.png", "")
    Image.new("RGB", (8, 6), "red").save(path)
    return path
