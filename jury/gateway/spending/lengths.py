"""How many tokens a prompt has, told without any model's own tokeniser and rather too high than too low."""

from collections.abc import Iterable

from jury.records import AudioPart, Message, Part, TextPart

#: UTF-8 bytes per token at the least: English has about 4, a Chinese character 3 in up to 1.5 tokens.
ASCII_BYTES, OTHER_BYTES = 3, 2

#: Tokens of an image at the edge it is sent with: providers bill 258 to about 1,600; a few small models more.
IMAGE = 1600

#: Tokens of a second of audio: providers bill 10 to 32.
SECOND = 32

#: What a chat adds to each message.
MESSAGE = 8


def prompt_tokens(messages: Iterable[Message]) -> int:
    """A prompt's tokens: those of its text, and what its images and clips may take.

    Above what tokenisers make of English, Chinese and JSON; random characters may take more.
    """
    return sum(MESSAGE + sum(_of_part(part) for part in message.parts) for message in messages)


def text_tokens(text: str) -> int:
    """The tokens of a text: 3 ASCII characters each, or 2 bytes of any other."""
    plain = len(text.encode("ascii", "ignore"))
    other = 0 if len(text) == plain else len(text.encode(errors="replace")) - plain
    return plain // ASCII_BYTES + other // OTHER_BYTES + 1


def _of_part(part: Part) -> int:
    if isinstance(part, TextPart):
        return text_tokens(part.text)
    if part.media is None:
        return text_tokens(part.words)
    return int((part.media.seconds or 60.0) * SECOND) + 1 if isinstance(part, AudioPart) else IMAGE
