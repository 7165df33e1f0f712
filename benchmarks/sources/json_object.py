"""JSON text as an object that knows its place."""

from dataclasses import replace

import orjson

from benchmarks.sources.fields import Fields
from benchmarks.sources.place import Place


def object_in(text: str, place: Place) -> Fields:
    """The fields of a JSON object. Raises `InputError` for broken JSON, naming line and column, and for anything but an object."""
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        where = place if place.number else replace(place, number=error.lineno, unit="line")
        raise where.error(f"is not JSON ({error.msg} at column {error.colno})", "correct it there") from error
    if not isinstance(value, dict):
        raise place.error("is not a JSON object", 'write it between braces, such as {"id": "1", "prompt": "…"}')
    return Fields(place, value)
