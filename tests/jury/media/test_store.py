"""The media store keeps bytes under their hash and never gives out others."""

import hashlib
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jury.errors import InputError
from jury.media import MediaStore
from jury.records import MediaRef


def ref_of(data: bytes, mime: str = "image/png") -> MediaRef:
    return MediaRef.model_validate({"sha256": hashlib.sha256(data).hexdigest(), "mime": mime, "size": len(data)})


@pytest.fixture
def store(tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path / "media")


@settings(deadline=None)
@given(data=st.binary(min_size=1))
def test_what_is_put_is_what_is_read(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    store = MediaStore(tmp_path_factory.getbasetemp() / "store_of_examples")
    store.put(data, ref_of(data))
    assert store.read(ref_of(data)) == data


@pytest.mark.parametrize(
    ("mime", "extension"),
    [
        ("image/png", ".png"),
        ("image/jpeg", ".jpg"),
        ("image/webp", ".webp"),
        ("image/gif", ".gif"),
        ("audio/wav", ".wav"),
        ("audio/flac", ".flac"),
        ("audio/ogg", ".ogg"),
        ("audio/mpeg", ".mp3"),
    ],
)
def test_a_file_lies_in_a_shard_of_its_hash_with_the_extension_of_its_type(
    store: MediaStore, mime: str, extension: str
) -> None:
    ref = ref_of(b"content", mime)
    assert store.path(ref) == store.folder / ref.sha256[:2] / f"{ref.sha256}{extension}"


def test_putting_again_leaves_the_stored_file_untouched(store: MediaStore) -> None:
    store.put(b"content", ref_of(b"content"))
    before = store.path(ref_of(b"content")).stat()
    store.put(b"content", ref_of(b"content"))
    after = store.path(ref_of(b"content")).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_only_finished_files_stay_in_the_folder_and_their_owner_alone_may_read_them(store: MediaStore) -> None:
    ref = ref_of(b"content")
    store.put(b"content", ref)
    assert [path for path in store.folder.rglob("*") if path.is_file()] == [store.path(ref)]
    assert stat.S_IMODE(store.path(ref).stat().st_mode) & 0o077 == 0


def test_a_write_that_fails_leaves_nothing_behind(store: MediaStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space left"):
        store.put(b"content", ref_of(b"content"))
    assert not [path for path in store.folder.rglob("*") if path.is_file()]


def test_bytes_under_another_hash_are_not_stored(store: MediaStore) -> None:
    with pytest.raises(ValueError, match=ref_of(b"content").sha256):
        store.put(b"other content", ref_of(b"content"))
    assert not store.folder.exists()


def test_a_missing_file_is_named_by_its_hash(store: MediaStore) -> None:
    ref = ref_of(b"content")
    with pytest.raises(InputError, match=f"media {ref.sha256} cannot be read"):
        store.read(ref)


def test_an_altered_file_is_found_when_it_is_read(store: MediaStore) -> None:
    ref = ref_of(b"content")
    store.put(b"content", ref)
    store.path(ref).write_bytes(b"Content")
    with pytest.raises(InputError, match=f"media {ref.sha256} was altered"):
        store.read(ref)


def test_putting_the_right_bytes_again_mends_an_altered_file(store: MediaStore) -> None:
    ref = ref_of(b"content")
    store.put(b"content", ref)
    store.path(ref).write_bytes(b"Content")
    store.put(b"content", ref)
    assert store.read(ref) == b"content"
