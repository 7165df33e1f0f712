"""`espeak/en-female`, `espeak/zh-male` and so on: a clip of the words of a request, the same every time.

`espeak/female` and `espeak/male` speak the language that the request's parameter `language` names.
"""

import hashlib
import io
import subprocess
import sys
import unicodedata
import wave
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from jury.errors import InputError
from jury.hashing import sha256_of_json
from jury.providers.registry import PROVIDERS, Provider
from jury.records import Request

#: The package that brings espeak-ng along.
WHEEL = "espeakng_loader"

#: espeak-ng's voice and variant by language and voice. The English ones are those a recogniser follows best.
VOICES = {
    ("en", "female"): "en-us+f2",
    ("en", "male"): "en-us+m2",
    ("zh", "female"): "cmn+f2",
    ("zh", "male"): "cmn+m2",
}
MODELS = {
    **{f"{language}-{voice}": (language, voice) for language, voice in VOICES},
    **{voice: ("", voice) for voice in ("female", "male")},
}
LANGUAGES = tuple(dict.fromkeys(language for language, _ in VOICES))
#: A little slower than espeak-ng's own 175, for clearness.
WORDS_PER_MINUTE = 140
#: Characters of the longest text that is spoken: several minutes.
LONGEST = 5_000
#: Seconds after which a text is given up; the longest takes about one.
PATIENCE = 60
#: Clips made at once, each by a process that keeps one core busy for some 20 ms.
AT_ONCE = 4

_SYNTHESIZER = Path(__file__).with_name("synthesizer.py")
_RATE_BYTES = 4


@dataclass(frozen=True)
class Engine:
    """Where the wheel keeps espeak-ng's library and its data."""

    library: Path
    data: Path


def origin(model: str) -> str:
    """Hash of the voice, the code that asks for it, and espeak-ng itself. Raises `InputError` for an unknown model."""
    _, voice = _named(model)
    engine = _engine(model)
    return sha256_of_json([voice, _hash_of_code(), _hash_of_engine(engine)])


def speak(model: str, request: Request) -> bytes:
    """The words of a request as a WAV of one channel and 16-bit samples.

    Raises `InputError` for a model or language there is none of, and `ValueError` for what can't be spoken.
    """
    language, voice = _named(model)
    spoken = VOICES[language or _stated_language(model, request), voice]
    words = _plain(request.words)
    if len(words) > LONGEST:
        raise ValueError(f"the text has {len(words):,} characters, more than the {LONGEST:,} that are spoken")
    if not any(character.isalnum() for character in words):
        raise ValueError("the text holds no word to speak")
    return _wav(_synthesized(_engine(model), spoken, words))


def _named(model: str) -> tuple[str, str]:
    """Language (empty: the request says) and voice of a model's name."""
    if model not in MODELS:
        raise InputError(f"unknown model 'espeak/{model}'; known: {', '.join(f'espeak/{name}' for name in MODELS)}")
    return MODELS[model]


def _stated_language(model: str, request: Request) -> str:
    language = request.params.get("language")
    if not isinstance(language, str) or language not in LANGUAGES:
        known = " or ".join(f"`{known}`" for known in LANGUAGES)
        raise InputError(f"model 'espeak/{model}': parameter `language` is {language!r}; state {known}")
    return language


def _engine(model: str) -> Engine:
    if find_spec(WHEEL) is None:
        raise InputError(f"model 'espeak/{model}' needs espeak-ng; pip install 'multimodal-jury[generate]'")
    wheel = import_module(WHEEL)
    return Engine(Path(wheel.get_library_path()), Path(wheel.get_data_path()))


def _plain(text: str) -> str:
    """The text without what is no character to be read: espeak-ng takes control characters for commands."""
    return "".join(" " if unicodedata.category(one).startswith("C") else one for one in text).strip()


def _synthesized(engine: Engine, voice: str, words: str) -> bytes:
    command = [sys.executable, "-I", "-S", str(_SYNTHESIZER), str(engine.library), str(engine.data), voice]
    try:
        finished = subprocess.run(  # noqa: S603 - our own script; the words are its input, no part of the command
            [*command, str(WORDS_PER_MINUTE)],
            input=words.encode(),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            # Ctrl-C is for us: a clip under way is finished and kept, not noted as failed.
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        raise ValueError(f"espeak-ng did not finish within {PATIENCE} seconds") from None
    if finished.returncode:
        lines = finished.stderr.decode(errors="replace").strip().splitlines()
        raise ValueError(lines[-1] if lines else f"espeak-ng ended with status {finished.returncode}")
    return finished.stdout


def _wav(output: bytes) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as clip:
        clip.setparams((1, 2, int.from_bytes(output[:_RATE_BYTES], "little"), 0, "NONE", ""))
        clip.writeframes(output[_RATE_BYTES:])
    return buffer.getvalue()


@lru_cache(maxsize=1)
def _hash_of_code() -> str:
    return sha256_of_json([_digest(Path(__file__)), _digest(_SYNTHESIZER)])


@lru_cache(maxsize=1)
def _hash_of_engine(engine: Engine) -> str:
    files = sorted(file for file in engine.data.rglob("*") if file.is_file())
    named = [[file.relative_to(engine.data).as_posix(), _digest(file)] for file in files]
    return sha256_of_json([_digest(engine.library), named])


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


PROVIDERS.add("espeak")(
    Provider(handler=None, origin=origin, makes=speak, takes=lambda _: ("language",), parallel=AT_ONCE)
)
