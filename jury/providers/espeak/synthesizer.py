"""espeak-ng speaks one text in a process of its own: words come in on stdin, samples go out on stdout.

espeak-ng keeps state from one text to the next, so that the same words sound a little different the second time, and it is
not safe to use from several threads. A fresh process has no past, and takes nobody with it should the library crash.
This file is run as a script by an isolated Python, so it imports nothing but the standard library.

Output: the sample rate in Hz as four bytes, then 16-bit samples of one channel, all little-endian.
"""

import ctypes
import sys

#: Names from espeak-ng's `speak_lib.h`.
AUDIO_OUTPUT_SYNCHRONOUS = 2
INITIALIZE_DONT_EXIT = 0x8000
RATE = 1
POSITION_CHARACTER = 1
#: Plain UTF-8 and nothing else: neither SSML nor phonemes in brackets are looked for.
CHARACTERS_UTF8 = 1

SEED = 1
SAMPLE_BYTES = 2

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


def main(library: str, data: str, voice: str, words_per_minute: str) -> None:
    """Speak what stands on stdin. Exits with a sentence where espeak-ng can't."""
    espeak = ctypes.CDLL(library)
    rate = espeak.espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, data.encode(), INITIALIZE_DONT_EXIT)
    if rate <= 0:
        sys.exit("espeak-ng does not start: its data can't be read")
    if espeak.espeak_SetVoiceByName(voice.encode()):
        sys.exit(f"espeak-ng has no voice {voice!r}")
    espeak.espeak_SetParameter(RATE, int(words_per_minute), 0)
    espeak.espeak_ng_SetRandSeed(ctypes.c_long(SEED))
    samples = _spoken(espeak, sys.stdin.buffer.read())
    sys.stdout.buffer.write(rate.to_bytes(4, "little") + samples)


def _spoken(espeak: ctypes.CDLL, words: bytes) -> bytes:
    blocks: list[bytes] = []

    def keep(samples: object, count: int, _events: object) -> int:
        if samples and count > 0:
            blocks.append(ctypes.string_at(samples, count * SAMPLE_BYTES))  # type: ignore[arg-type]
        return 0

    callback = _Callback(keep)
    espeak.espeak_SetSynthCallback(callback)
    text = ctypes.create_string_buffer(words)
    size, nothing = ctypes.c_size_t(len(text)), ctypes.c_void_p(None)
    failed = espeak.espeak_Synth(text, size, 0, POSITION_CHARACTER, 0, CHARACTERS_UTF8, nothing, nothing)
    if failed:
        sys.exit(f"espeak-ng can't speak this text (status {failed})")
    espeak.espeak_Synchronize()
    return b"".join(blocks)


if __name__ == "__main__":
    main(*sys.argv[1:])
