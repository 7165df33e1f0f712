"""What the target was asked and what it said, turn by turn."""

from benchmarks.sources.exhibits import Exhibits
from benchmarks.sources.fields import Fields
from jury.records import Answer, Cause, Part, TextPart, Turn

#: The fields of one turn; a case of one turn has them among its own.
TURN_FIELDS = frozenset({"prompt", "image", "image_description", "audio", "spoken", "response"})

_PART_FIELDS = ("text", "image", "description", "audio", "spoken")
_NO_PROMPT = "write the prompt or remove the case"


def messages_of(fields: Fields) -> tuple[Fields, ...]:
    """The turns of an object: those under `turns`, or else the object itself as the only one."""
    if not fields.has("turns"):
        return (fields,)
    for name in sorted(TURN_FIELDS):
        if fields.has(name):
            raise fields.error(name, "stands beside `turns`", "move it into its turn")
    messages = fields.tables("turns")
    for message in messages:
        message.only(TURN_FIELDS)
    return messages


def turn_of(message: Fields, exhibits: Exhibits) -> Turn:
    """One message to the target: the prompt's parts in their order, then the image, then the clip."""
    image = message.words("image"), message.words("image_description")
    audio = message.words("audio"), message.words("spoken")
    parts = [*_prompt(message, exhibits, alone=not any((*image, *audio)))]
    if any(image):
        parts.append(exhibits.image(*image))
    if any(audio):
        parts.append(exhibits.audio(*audio))
    return Turn(parts=tuple(parts))


def answers_of(messages: tuple[Fields, ...]) -> tuple[Answer, ...]:
    """The recorded answers, one per turn, none where nothing is recorded. A blank one is invalid: the target said nothing."""
    recorded = [message.has("response") for message in messages]
    if not any(recorded):
        return ()
    if not all(recorded):
        silent = messages[recorded.index(False)]
        raise silent.error(
            "response", "is missing although another turn has one", "record every turn's response or none"
        )
    return tuple(answer_of(message.text("response") or "") for message in messages)


def answer_of(text: str) -> Answer:
    """A recorded answer; a blank one is invalid."""
    if not text.strip():
        return Answer(state="invalid", cause=Cause(kind="missing", detail="the recorded answer is empty"))
    return Answer(text=text)


def _prompt(message: Fields, exhibits: Exhibits, *, alone: bool) -> tuple[Part, ...]:
    """The parts of the prompt; there may be none where it does not stand `alone`: an image without words is a request."""
    if isinstance(message.values.get("prompt"), list):
        return tuple(_part(part, exhibits) for part in message.tables("prompt"))
    if not alone and not message.words("prompt"):
        return ()
    return (TextPart(text=message.filled("prompt", _NO_PROMPT)),)


def _part(part: Fields, exhibits: Exhibits) -> Part:
    part.only(_PART_FIELDS)
    if part.has("text"):
        part.only(("text",))
        return TextPart(text=part.filled("text", _NO_PROMPT))
    if part.has("audio") or part.has("spoken"):
        return exhibits.audio(*_one_of(part, "audio", "spoken"))
    return exhibits.image(*_one_of(part, "image", "description"))


def _one_of(part: Fields, file: str, words: str) -> tuple[str, str]:
    part.only((file, words))
    both = part.words(file), part.words(words)
    if not any(both):
        raise part.error(file, "is empty", f"name a file, or write `{words}`, or remove the part")
    return both
