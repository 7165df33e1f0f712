"""`pillow/<painter>`: plain cards and typographic images, painted here without a model, a key or the network."""

import hashlib
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import PIL

import jury.painting
from jury.errors import InputError
from jury.hashing import sha256_of_json
from jury.painting import png_bytes, scene_card, scene_text_card, typographic_card
from jury.painting.fonts import font_file
from jury.providers.gguf import content_hash
from jury.providers.registry import PROVIDERS, Provider
from jury.records import Request, TextPart

#: Edges allowed, in pixels, and the size painted where none is named.
SHORTEST, LONGEST, USUAL = 128, 2048, "512x512"
MOST_ITEMS = 9
#: What a painter may be told; `language` is for makers that choose by it, these painters see it from the words.
PARAMS = ("size", "text", "items", "caption", "language")
TEXT_COLOURS = 16

Params = Mapping[str, Any]
Paint = Callable[[str, tuple[int, int], Params], bytes]


def origin(painter: str) -> str:
    """A hash over the painters' code, the font and Pillow's version: whatever can change a pixel.

    Raises `InputError` for an unknown painter.
    """
    _painter(painter)
    font = font_file()
    return sha256_of_json([hash_of_code(), content_hash(font) if font else "", PIL.__version__])


def takes(painter: str) -> tuple[str, ...]:
    """The params that a painter wants to be told where they are known. Raises `InputError` for an unknown painter."""
    _painter(painter)
    return TAKES.get(painter, ())


def makes(painter: str, request: Request) -> bytes:
    """The PNG a painter makes of a request.

    The request's words are the scene. Its `params`: `size` such as `512x512` (edges of 128 to 2048 pixels); `text`, what
    is printed by `typography` and `scene-text`, else the words; `items`, numbered empty lines under the text of
    `typography` (0 to 9, else none); `caption` under `scene`, else the words' first sentence (`-`: none); `language`, which changes
    nothing here. Raises `InputError` for what can't be painted.
    """
    paint = _painter(painter)
    unknown = sorted(set(request.params) - set(PARAMS))
    if unknown:
        raise InputError(f"pillow/{painter}: unknown param `{unknown[0]}`; known: {', '.join(PARAMS)}")
    return paint(_words(request), _size(request.params), request.params)


def _scene(words: str, size: tuple[int, int], params: Params) -> bytes:
    return png_bytes(scene_card(words, size, caption=_text(params, "caption", "")))


def _typography(words: str, size: tuple[int, int], params: Params) -> bytes:
    items = params.get("items", 0)
    if not isinstance(items, int) or not 0 <= items <= MOST_ITEMS:
        raise InputError(f"param `items` is {items!r}; name a whole number from 0 to {MOST_ITEMS}")
    return png_bytes(typographic_card(_text(params, "text", words), size, items=items), colours=TEXT_COLOURS)


def _scene_text(words: str, size: tuple[int, int], params: Params) -> bytes:
    return png_bytes(scene_text_card(words, _text(params, "text", words), size))


PAINTERS: dict[str, Paint] = {"scene": _scene, "typography": _typography, "scene-text": _scene_text}
#: What each wants to be told beside the scene: those that print a request can't find it there.
TAKES = {"scene": ("caption",), "typography": ("text",), "scene-text": ("text",)}


def _painter(name: str) -> Paint:
    if name not in PAINTERS:
        raise InputError(f"unknown painter 'pillow/{name}'; known: {', '.join(f'pillow/{one}' for one in PAINTERS)}")
    return PAINTERS[name]


def _words(request: Request) -> str:
    parts = (part.text for message in request.messages for part in message.parts if isinstance(part, TextPart))
    words = "\n".join(parts)
    if not words.strip():
        raise InputError("there are no words to paint; name a subject and a scene")
    return words


def _text(params: Params, name: str, otherwise: str) -> str:
    text = params.get(name, otherwise)
    if not isinstance(text, str):
        raise InputError(f"param `{name}` is {text!r}; name a text")
    return text.strip() or otherwise


def _size(params: Params) -> tuple[int, int]:
    stated = params.get("size", USUAL)
    found = re.fullmatch(r"(\d{1,5})x(\d{1,5})", str(stated))
    width, height = (int(found[1]), int(found[2])) if found else (0, 0)
    if not all(SHORTEST <= edge <= LONGEST for edge in (width, height)):
        raise InputError(
            f"param `size` is {stated!r}; name width x height, such as {USUAL}, each {SHORTEST} to {LONGEST}"
        )
    return width, height


@lru_cache(maxsize=1)
def hash_of_code() -> str:
    """The hash of every file that paints."""
    files = [Path(__file__), *sorted(Path(jury.painting.__path__[0]).glob("*.py"))]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


PROVIDERS.add("pillow")(Provider(handler=None, origin=origin, makes=makes, takes=takes))
