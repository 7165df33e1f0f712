"""Whatever an archive holds, nothing lands outside its folder, and it unpacks or is turned down in one sentence."""

import io
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutating import fuzzed, mutated

from benchmarks.hub import unpacking
from benchmarks.hub.unpacking import unpack
from jury.errors import InputError


def archive_of(*members, mode="w:gz"):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode) as archive:
        for name, kind, link in members:
            member = tarfile.TarInfo(name)
            member.type, member.linkname, member.size = kind, link, 3 if kind == tarfile.REGTYPE else 0
            archive.addfile(member, io.BytesIO(b"abc"))
    return data.getvalue()


MEMBERS = (("a/one.png", tarfile.REGTYPE, ""), ("a", tarfile.DIRTYPE, ""), ("b.txt", tarfile.REGTYPE, ""))
NAMES = st.lists(
    st.sampled_from(["..", ".", "a", "", "/", "\\", "C:", "~", "a\u202e", "x" * 300]), min_size=1, max_size=5
).map("/".join)
KINDS = st.sampled_from(
    [tarfile.REGTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE]
)


def outcome(content):
    """What unpacking says, with nothing written beside the folder."""
    with TemporaryDirectory() as name:
        outside = Path(name)
        (outside / "to").mkdir()
        (outside / "set.tar").write_bytes(content)
        try:
            said = unpack(outside / "set.tar", outside / "to")
        except InputError as error:
            said = str(error)  # either way is right
            assert "\n" not in said
        assert {path.name for path in outside.iterdir()} == {"to", "set.tar"}
        assert not any(path.is_symlink() for path in outside.rglob("*"))
        return said


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
@fuzzed
@given(st.data())
def test_a_mutated_archive_unpacks_or_is_turned_down(mode, data):
    outcome(data.draw(mutated(archive_of(*MEMBERS, mode=mode))))


@fuzzed
@given(st.lists(st.tuples(NAMES, KINDS, NAMES), max_size=4))
def test_no_name_and_no_link_leads_outside(members):
    outcome(archive_of(*members))


def test_an_archive_that_unfolds_beyond_measure_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(unpacking, "LARGEST", 5)
    assert "unfolds to more" in outcome(archive_of(*MEMBERS))
    monkeypatch.setattr(unpacking, "LARGEST", 6)
    assert outcome(archive_of(*MEMBERS)) == 2
    monkeypatch.setattr(unpacking, "MOST_FILES", 2)
    assert "unfolds to more" in outcome(archive_of(*MEMBERS))
