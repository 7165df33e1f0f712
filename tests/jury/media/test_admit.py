"""A path found in data becomes an exhibit, or a cause that names the file; it never leaves the data folder."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jury.media import Limits, MediaKind, MediaStore, admit
from jury.records import Cause, MediaRef

MakeImage = Callable[..., bytes]
MakeClip = Callable[..., bytes]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data" / "media").mkdir(parents=True)
    return tmp_path / "data"


@pytest.fixture
def store(tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path / "store")


@pytest.fixture
def cause_of(root: Path, store: MediaStore) -> Callable[..., Cause]:
    """The cause why a path is not admitted, after checking that nothing was stored."""

    def cause(path: str, kind: MediaKind = "image", limits: Limits | None = None) -> Cause:
        found = admit(path, root=root, kind=kind, store=store, limits=limits or Limits())
        assert isinstance(found, Cause)
        assert not store.folder.exists()
        return found

    return cause


def test_an_image_named_relative_to_the_root_is_stored(root: Path, store: MediaStore, make_image: MakeImage) -> None:
    (root / "media" / "cat.png").write_bytes(make_image())
    ref = admit("media/cat.png", root=root, kind="image", store=store)
    assert isinstance(ref, MediaRef)
    assert store.read(ref) == make_image()


def test_a_clip_named_relative_to_the_root_is_stored(root: Path, store: MediaStore, make_clip: MakeClip) -> None:
    (root / "media" / "hello.flac").write_bytes(make_clip("FLAC"))
    ref = admit("media/hello.flac", root=root, kind="audio", store=store)
    assert isinstance(ref, MediaRef)
    assert store.read(ref) == make_clip("FLAC")


@pytest.mark.parametrize("name", ["cat.JPEG", "cat", "cat.v2", "猫.jpg", "cat.png", "cat.wav", "cat.txt"])
def test_the_content_decides_the_type_whatever_the_extension_says(
    root: Path, store: MediaStore, make_image: MakeImage, name: str
) -> None:
    (root / name).write_bytes(make_image("JPEG"))
    ref = admit(name, root=root, kind="image", store=store)
    assert isinstance(ref, MediaRef)
    assert ref.mime == "image/jpeg"


@pytest.mark.parametrize(
    ("opening", "name", "remedy", "kind"),
    [
        (b"\0\0\0\x18ftypheic", "HEIC", "magick IN.heic OUT.png", "image"),
        (b"\0\0\0\x1cftypavif", "AVIF", "magick IN.avif OUT.png", "image"),
        (b"BM\x9a\0\0\0\0\0\0\0", "BMP", "magick IN.bmp OUT.png", "image"),
        (b"II*\0", "TIFF", "magick IN.tiff OUT.png", "image"),
        (b'<?xml version="1.0"?>\n<svg xmlns="">', "SVG", "magick IN.svg OUT.png", "image"),
        (b"%PDF-1.7", "PDF", "pdftoppm -png", "image"),
        (b"\0\0\0\x20ftypM4A ", "M4A", "ffmpeg -i IN.m4a OUT.wav", "audio"),
        (b"\0\0\0\x20ftypisom", "MP4", "ffmpeg -i IN.mp4 OUT.wav", "audio"),
        (b"\xff\xf1\x50\x80", "AAC", "ffmpeg -i IN.aac OUT.wav", "audio"),
        (b"\x1aE\xdf\xa3", "WebM", "ffmpeg -i IN.webm OUT.wav", "audio"),
        (b"#!AMR\n", "AMR", "ffmpeg -i IN.amr OUT.wav", "audio"),
        (b"FORM\0\0\0\0AIFF", "AIFF", "ffmpeg -i IN.aiff OUT.wav", "audio"),
        (b"version https://git-lfs.github.com/spec/v1\noid", "a pointer of Git LFS", "git lfs pull", "image"),
        (b"<!DOCTYPE html><html>", "a web page", "get the file itself", "image"),
    ],
)
def test_a_format_that_can_not_be_read_is_named_with_the_way_out(
    root: Path, opening: bytes, name: str, remedy: str, kind: MediaKind, cause_of: Callable[..., Cause]
) -> None:
    (root / "exhibit").write_bytes(opening + bytes(64))
    cause = cause_of("exhibit", kind)
    assert cause.kind == "mislabelled"
    assert f"holds {name}" in cause.detail
    assert remedy in cause.detail


def test_text_named_wav_is_mislabelled(root: Path, cause_of: Callable[..., Cause]) -> None:
    (root / "speech.wav").write_text("How do I bake bread?")
    cause = cause_of("speech.wav", "audio")
    assert cause.kind == "mislabelled"
    assert "speech.wav" in cause.detail


@pytest.mark.parametrize("kind", ["image", "audio"])
def test_a_file_of_the_other_kind_is_mislabelled(
    root: Path, kind: MediaKind, make_image: MakeImage, make_clip: MakeClip, cause_of: Callable[..., Cause]
) -> None:
    (root / "exhibit").write_bytes(make_clip() if kind == "image" else make_image())
    assert cause_of("exhibit", kind).kind == "mislabelled"


def test_a_truncated_png_is_broken(root: Path, make_image: MakeImage, cause_of: Callable[..., Cause]) -> None:
    (root / "cat.png").write_bytes(make_image()[:-30])
    cause = cause_of("cat.png")
    assert cause.kind == "broken"
    assert cause.detail.startswith("'cat.png': ")


@pytest.mark.parametrize("path", ["absent.png", "absent/cat.png", "notes.txt/cat.png"])
def test_a_file_that_is_not_there_is_missing(root: Path, path: str, cause_of: Callable[..., Cause]) -> None:
    (root / "notes.txt").touch()
    cause = cause_of(path)
    assert cause.kind == "missing"
    assert path in cause.detail


def test_a_huge_file_is_too_large_and_not_read_to_its_end(root: Path, cause_of: Callable[..., Cause]) -> None:
    with (root / "huge.png").open("wb") as stream:
        stream.truncate(2**40)
    assert cause_of("huge.png", limits=Limits(image_bytes=1_000)).kind == "too_large"


@pytest.mark.parametrize("path", ["../secret.png", "media/../../secret.png", "media/..", "/media/../../secret.png"])
def test_a_path_that_climbs_is_refused(
    root: Path, path: str, make_image: MakeImage, cause_of: Callable[..., Cause]
) -> None:
    (root.parent / "secret.png").write_bytes(make_image())
    cause = cause_of(path)
    assert cause.kind == "broken"
    assert "leads out of the data folder" in cause.detail


def test_an_absolute_path_counts_from_the_data_folder(
    root: Path, make_image: MakeImage, cause_of: Callable[..., Cause]
) -> None:
    (root.parent / "secret.png").write_bytes(make_image())
    assert cause_of(str(root.parent / "secret.png")).kind == "missing"


def test_a_link_to_a_file_outside_is_refused(root: Path, make_image: MakeImage, cause_of: Callable[..., Cause]) -> None:
    (root.parent / "secret.png").write_bytes(make_image())
    (root / "cat.png").symlink_to(root.parent / "secret.png")
    assert "leads out of the data folder" in cause_of("cat.png").detail


def test_a_linked_folder_outside_is_refused(root: Path, make_image: MakeImage, cause_of: Callable[..., Cause]) -> None:
    (root.parent / "secret.png").write_bytes(make_image())
    (root / "elsewhere").symlink_to(root.parent)
    assert "leads out of the data folder" in cause_of("elsewhere/secret.png").detail


def test_a_folder_whose_name_only_begins_like_the_root_is_outside(
    root: Path, make_image: MakeImage, cause_of: Callable[..., Cause]
) -> None:
    twin = root.with_name(root.name + "-private")
    twin.mkdir()
    (twin / "secret.png").write_bytes(make_image())
    (root / "cat.png").symlink_to(twin / "secret.png")
    assert "leads out of the data folder" in cause_of("cat.png").detail


def test_a_link_inside_the_root_is_followed(root: Path, store: MediaStore, make_image: MakeImage) -> None:
    (root / "media" / "cat.png").write_bytes(make_image())
    (root / "alias.png").symlink_to(root / "media" / "cat.png")
    assert isinstance(admit("alias.png", root=root, kind="image", store=store), MediaRef)


def test_a_root_that_is_itself_a_link_is_no_escape(root: Path, store: MediaStore, make_image: MakeImage) -> None:
    (root / "cat.png").write_bytes(make_image())
    (root.parent / "alias").symlink_to(root)
    assert isinstance(admit("cat.png", root=root.parent / "alias", kind="image", store=store), MediaRef)


def test_links_in_a_circle_are_broken(root: Path, cause_of: Callable[..., Cause]) -> None:
    (root / "a.png").symlink_to(root / "b.png")
    (root / "b.png").symlink_to(root / "a.png")
    assert cause_of("a.png").kind == "broken"


@pytest.mark.parametrize("path", ["", ".", "media"])
def test_a_folder_is_broken(path: str, cause_of: Callable[..., Cause]) -> None:
    assert cause_of(path).kind == "broken"


@pytest.mark.timeout(10)
def test_a_fifo_is_broken_and_nobody_waits_for_its_writer(root: Path, cause_of: Callable[..., Cause]) -> None:
    os.mkfifo(root / "cat.png")
    assert cause_of("cat.png") == Cause(kind="broken", detail="'cat.png': this is not a regular file")


def test_a_socket_is_broken(root: Path, cause_of: Callable[..., Cause], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)  # a socket's path may not be long
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("cat.png")
        assert cause_of("cat.png").kind == "broken"


@pytest.mark.parametrize("path", ["cat\0.png", "\ud800.png", "a" * 5_000, "\U000e0001" * 5_000, "/" * 5_000])
def test_an_impossible_path_is_broken(path: str, cause_of: Callable[..., Cause]) -> None:
    assert cause_of(path).kind == "broken"


@settings(deadline=None)
@given(path=st.text(max_size=40), kind=st.sampled_from(["image", "audio"]))
def test_no_path_raises(path: str, kind: MediaKind, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.getbasetemp() / "no_files"
    root.mkdir(exist_ok=True)
    assert isinstance(admit(path, root=root, kind=kind, store=MediaStore(root / "store")), Cause)
