"""A WAV says how long it is; a program that writes into a pipe can't know."""

import struct
from collections.abc import Callable

import pytest

from jury.media import MediaStore, admit_bytes, inspect_audio, mono_16k
from jury.records import Cause, MediaRef

MakeClip = Callable[..., bytes]

#: What programs write that can't know a size: nothing, all bits set, or a number that no file reaches.
PLACEHOLDERS = [0, 0xFFFFFFFF, 2_000_000_000, 0x7FFFF024, 0x80000000, 1_999_999_964]


def claiming(data: bytes, *, whole: int | None = None, samples: int | None = None) -> bytes:
    """A WAV with other sizes in its header."""
    told = bytearray(data)
    if whole is not None:
        told[4:8] = struct.pack("<I", whole)
    if samples is not None:
        at = data.index(b"data") + 4
        told[at : at + 4] = struct.pack("<I", samples)
    return bytes(told)


@pytest.mark.parametrize("size", PLACEHOLDERS)
@pytest.mark.parametrize("place", ["whole", "samples", "both"])
def test_a_wav_whose_sizes_are_placeholders_is_read_to_its_end(tmp_path, make_clip: MakeClip, size: int, place: str):
    clip = make_clip(seconds=0.5, rate=16_000)
    told = claiming(clip, whole=size if place != "samples" else None, samples=size if place != "whole" else None)
    ref = admit_bytes(told, kind="audio", store=MediaStore(tmp_path))
    assert isinstance(ref, MediaRef)
    assert ref.seconds == 0.5
    assert mono_16k(told) == mono_16k(clip)
    assert MediaStore(tmp_path).read(ref) == told  # the file is kept as it was


def test_a_wav_that_states_its_samples_is_cut_short_where_it_lacks_some(make_clip: MakeClip):
    clip = claiming(make_clip(seconds=0.5), whole=0xFFFFFFFF)
    found = inspect_audio(clip[:-1_000])
    assert isinstance(found, Cause)
    assert "cut short" in found.detail


def test_a_wav_without_samples_stays_empty_though_another_chunk_follows(make_clip: MakeClip):
    header = make_clip(seconds=0.0)
    note = b"LIST" + struct.pack("<I", 4) + b"INFO"
    found = inspect_audio(claiming(header + note, whole=len(header) + len(note) - 8))
    assert isinstance(found, Cause)
    assert "empty" in found.detail
