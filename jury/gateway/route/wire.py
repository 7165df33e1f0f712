"""What LiteLLM really puts on the wire: for some providers it leaves images or clips out and says nothing of it."""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from jury.gateway.route.provider_reply import SentBody
from jury.records import MediaKind

#: Names under which providers' forms carry exhibits. A body that has none of them carries none.
_CARRIERS: dict[MediaKind, frozenset[str]] = {
    "image": frozenset(
        {"image_url", "input_image", "image", "images", "source", "inline_data", "inlineData", "file", "file_data", "fileData"}
    ),
    "audio": frozenset(
        {"input_audio", "audio_url", "audio", "audios", "source", "inline_data", "inlineData", "file", "file_data", "fileData"}
    ),
}  # fmt: skip


class Wire:
    """Listens to one call: an instance is what `logger_fn` takes, and hears of the request's body and of the answer's."""

    def __init__(self, payloads: Mapping[tuple[MediaKind, int], str], words: str = "") -> None:
        self.answer = SentBody()
        self._payloads = payloads
        self._words = words.split("\n")
        self._body: Any = None

    @property
    def kinds(self) -> frozenset[MediaKind]:
        """The kinds of exhibits that the call is to carry."""
        return frozenset(kind for kind, _ in self._payloads)

    def __call__(self, details: Mapping[str, Any]) -> None:
        """Note what is about to be sent, or what has come; `details` are LiteLLM's of the call."""
        self.answer(details)
        if details.get("log_event_type") == "pre_api_call":
            self._body = (details.get("additional_args") or {}).get("complete_input_dict")

    @property
    def names(self) -> frozenset[str] | None:
        """Every name in the body that was sent; None where the body is not known."""
        body = _plain(self._body)
        return _leaves(body)[1] if isinstance(body, Mapping) else None

    @property
    def dropped(self) -> tuple[tuple[MediaKind, int], ...]:
        """The exhibits that are not in the body that was sent, as far as that can be told: where its words are in it."""
        body = _plain(self._body) if self._payloads else None
        if not isinstance(body, Mapping):
            return ()
        texts, names = _leaves(body)
        if not any(line.strip() and line in text for line in self._words for text in texts):
            return ()
        missing = [key for key, data in self._payloads.items() if not any(data in text for text in texts)]
        return tuple(key for key in missing if not _CARRIERS[key[0]] & names)


def _plain(body: Any) -> Any:
    """A body that is encoded already, decoded again."""
    if not isinstance(body, str | bytes):
        return body
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None


def _leaves(body: Any) -> tuple[list[str], frozenset[str]]:
    """Every text in a body, and every name."""
    texts: list[str] = []
    names: set[str] = set()
    for name, value in _walked(body):
        names.add(name)
        if isinstance(value, str):
            texts.append(value)
    return texts, frozenset(names)


def _walked(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _walked(item, str(key))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _walked(item, name)
    elif hasattr(value, "model_dump"):
        yield from _walked(value.model_dump(), name)
    else:
        yield name, value
