"""The sizes that a WAV states of itself: true, cut short, or stood in for by whoever could not know them."""

from collections.abc import Iterator

#: Whoever writes a WAV into a pipe cannot know its size and claims none, or one from here on: far more than is admitted.
_PLACEHOLDER = 10**9

_RIFF_HEADER = 12
_CHUNK_HEADER = 8


def is_wav_cut_short(data: bytes) -> bool:
    """Whether a WAV lacks bytes that it announces: as a whole (bytes 4 to 8), or else in its chunk of samples."""
    claimed = _size_at(data, 4)
    if not _is_placeholder(claimed):
        return len(data) < _CHUNK_HEADER + claimed
    at, size = _samples(data)
    return at is not None and not _is_placeholder(size) and len(data) < at + size


def with_true_sizes(data: bytes) -> bytes:
    """A WAV whose header states the sizes it has, where a placeholder of 0 hides its samples; any other as it is.

    Libsndfile sees for itself how far samples go that are claimed to be too many, but believes that there are none.
    """
    at, size = _samples(data)
    if at is None or size or len(data) <= at or _begins_chunk(data, at):
        return data
    whole, samples = len(data) - _CHUNK_HEADER, len(data) - at
    return b"".join((data[:4], _as_size(whole), data[_CHUNK_HEADER : at - 4], _as_size(samples), data[at:]))


def _samples(data: bytes) -> tuple[int | None, int]:
    """Where the samples begin, and how many bytes of them are claimed."""
    return next(((at, size) for name, at, size in _chunks(data) if name == b"data"), (None, 0))


def _chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Name, beginning and claimed size of every chunk, as far as they can be followed."""
    at = _RIFF_HEADER
    while at + _CHUNK_HEADER <= len(data):
        size = _size_at(data, at + 4)
        yield data[at : at + 4], at + _CHUNK_HEADER, size
        at += _CHUNK_HEADER + size + size % 2


def _begins_chunk(data: bytes, at: int) -> bool:
    """Whether a chunk begins here that ends within the file: then those before it are whole."""
    name = data[at : at + 4]
    return (
        len(data) >= at + _CHUNK_HEADER
        and name.isascii()
        and name.decode("ascii", "replace").isprintable()
        and at + _CHUNK_HEADER + _size_at(data, at + 4) <= len(data) + 1
    )


def _is_placeholder(size: int) -> bool:
    return size == 0 or size >= _PLACEHOLDER


def _size_at(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")


def _as_size(size: int) -> bytes:
    return size.to_bytes(4, "little")
