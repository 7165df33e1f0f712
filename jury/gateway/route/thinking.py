"""A reasoning model's thoughts, told apart from its answer where the provider has not done it."""

import re

_TAG = r"(?:think|thinking|thought|reasoning)"
_OPENED = re.compile(rf"\s*<{_TAG}>", re.IGNORECASE)
_CLOSED = re.compile(rf"</{_TAG}>", re.IGNORECASE)

#: An end without a beginning, on a line of its own: some chat templates write the beginning into the prompt.
_CLOSED_ALONE = re.compile(rf"^[ \t]*</{_TAG}>[ \t]*$", re.IGNORECASE | re.MULTILINE)


def apart(text: str) -> tuple[str, str]:
    """Thoughts and answer. Thoughts that never end leave no answer; a mark that is only quoted divides nothing."""
    opened = _OPENED.match(text)
    start = opened.end() if opened else 0
    closed = (_CLOSED if opened else _CLOSED_ALONE).search(text, start)
    if closed is not None:
        return text[start : closed.start()].strip(), text[closed.end() :]
    return (text[start:].strip(), "") if opened else ("", text)
