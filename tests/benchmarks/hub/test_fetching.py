"""Fetching a copy from a hub over real sockets: only what is wanted, checked, resumable, and nowhere else."""

import io
import tarfile
from pathlib import Path

import pytest
from hub_server import LARGE, HubServer, serving

from benchmarks.hub import fetch
from benchmarks.suites import Copy
from jury.errors import InputError, StoppedEarlyError

COPY = Copy("someone/set", "0123456789abcdef0123456789abcdef01234567", ("data.json", "images/*"))
FILES = {"data.json": b"[]", "images/1.png": b"x" * (LARGE + 5), "model.bin": b"not wanted", "README.md": b"# Set"}


@pytest.fixture
def hub(monkeypatch):
    with serving(HubServer(COPY.repo, COPY.revision, dict(FILES))) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.endpoint)
        yield server


def test_only_files_that_fit_the_patterns_are_fetched(hub, tmp_path):
    got = fetch(COPY, tmp_path)
    assert (got.files, got.bytes, got.unpacked) == (2, LARGE + 7, 0)
    assert (tmp_path / "data.json").read_bytes() == FILES["data.json"]
    assert (tmp_path / "images/1.png").read_bytes() == FILES["images/1.png"]
    assert not (tmp_path / "model.bin").exists()
    assert set(hub.fetched()) == {"data.json", "images/1.png"}


def test_what_is_there_already_is_not_fetched_again(hub, tmp_path):
    fetch(COPY, tmp_path)
    before = len(hub.fetched())
    assert fetch(COPY, tmp_path).files == 2
    assert len(hub.fetched()) == before


def test_a_file_that_is_not_what_is_listed_is_named(hub, tmp_path):
    hub.lies["data.json"] = b"{}"
    with pytest.raises(InputError, match=r"data\.json: has another content than is listed; delete it"):
        fetch(COPY, tmp_path)


def test_a_large_file_is_known_by_its_sha256(hub, tmp_path):
    hub.lies["images/1.png"] = b"y" * (LARGE + 5)
    with pytest.raises(InputError, match=r"1\.png: has another content than is listed"):
        fetch(COPY, tmp_path)


def test_a_gated_copy_says_where_to_accept_its_conditions(hub, tmp_path):
    hub.gated = True
    with pytest.raises(InputError, match=r"is gated: accept its conditions on https://huggingface\.co/.*HF_TOKEN"):
        fetch(COPY, tmp_path)


def test_a_commit_that_is_not_there_is_named(hub, tmp_path):
    hub.revision = "f" * 40
    with pytest.raises(InputError, match=f"is not to be had at {COPY.revision}"):
        fetch(COPY, tmp_path)


def test_a_copy_with_none_of_the_files_is_turned_down(hub, tmp_path):
    hub.files = {"model.bin": b"x"}
    with pytest.raises(InputError, match=r"lists none of data\.json, images/\*"):
        fetch(COPY, tmp_path)


@pytest.mark.parametrize("path", ["images/../../x.png", "images/..\\..\\x.png"])
def test_a_listed_path_that_leaves_the_folder_is_turned_down_before_anything_is_fetched(hub, tmp_path, path):
    hub.files[path] = b"x"
    with pytest.raises(InputError, match="would leave the folder"):
        fetch(COPY, tmp_path / "data")
    assert hub.fetched() == []


def test_a_hub_that_fails_stops_the_download_and_the_same_call_goes_on(hub, tmp_path):
    hub.down = True
    with pytest.raises(StoppedEarlyError, match="the same command goes on from there"):
        fetch(COPY, tmp_path)
    hub.down = False
    assert fetch(COPY, tmp_path).files == 2


def test_a_file_that_broke_off_is_fetched_to_its_end(hub, tmp_path):
    hub.breaks.add("images/1.png")
    fetch(COPY, tmp_path)
    assert (tmp_path / "images/1.png").read_bytes() == FILES["images/1.png"]
    assert hub.fetched().count("images/1.png") == 2


def test_a_file_in_place_of_the_folder_is_named(hub, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="is not a folder"):
        fetch(COPY, tmp_path / "file")


def archive(**members: bytes) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as packed:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            packed.addfile(member, io.BytesIO(content))
    return data.getvalue()


PACKED = Copy(COPY.repo, COPY.revision, ("imgs.tar",), archives=("imgs.tar",))


def test_archives_are_unpacked_where_they_lie_once(hub, tmp_path):
    hub.files = {"imgs.tar": archive(**{"imgs/0.png": b"a", "imgs/1.png": b"bb"})}
    assert fetch(PACKED, tmp_path).unpacked == 2
    assert (tmp_path / "imgs/1.png").read_bytes() == b"bb"
    first = (tmp_path / "imgs/1.png").stat().st_mtime_ns
    assert fetch(PACKED, tmp_path).unpacked == 2
    assert (tmp_path / "imgs/1.png").stat().st_mtime_ns == first


def test_a_member_that_would_land_elsewhere_is_turned_down(hub, tmp_path):
    hub.files = {"imgs.tar": archive(**{"../outside.png": b"a"})}
    with pytest.raises(InputError, match=r"holds '\.\./outside\.png', which may not be unpacked"):
        fetch(PACKED, tmp_path / "data")
    assert not (tmp_path / "outside.png").exists()


def test_a_link_in_an_archive_is_turned_down(hub, tmp_path):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as packed:
        link = tarfile.TarInfo("imgs/0.png")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        packed.addfile(link)
    hub.files = {"imgs.tar": data.getvalue()}
    with pytest.raises(InputError, match="which may not be unpacked"):
        fetch(PACKED, tmp_path)
    assert not Path(tmp_path / "imgs/0.png").exists()


def test_a_broken_archive_is_named(hub, tmp_path):
    hub.files = {"imgs.tar": b"no archive"}
    with pytest.raises(InputError, match=r"imgs\.tar: can't be unpacked"):
        fetch(PACKED, tmp_path)
