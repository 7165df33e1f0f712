"""Texts of a model's answer: on one line, of a length that can be used, and no refusal."""

from typing import Any

from jury.committee.proposing import plain
from jury.gateway.answers.form import UnreadableError, is_refusal


def texts_of(value: Any, longest: dict[str, int]) -> dict[str, str]:
    """The texts under the names in `longest`, empty where there is none.

    Raises `UnreadableError` for what is no JSON object, for a refusal, and for more characters than `longest` allows.
    """
    if not isinstance(value, dict):
        raise UnreadableError("is not a JSON object")
    said = {name: _visible(plain(value.get(name))) for name in longest}
    refusal = next((text for text in said.values() if is_refusal(text)), "")
    if refusal:
        raise UnreadableError("is a refusal", refusal)
    endless = next((name for name, most in longest.items() if len(said[name]) > most), "")
    if endless:
        raise UnreadableError(f"has a `{endless}` of more than {longest[endless]} characters")
    return said


def required(said: dict[str, str], *names: str) -> None:
    """Raises `UnreadableError` where one of the texts is empty."""
    lacking = next((name for name in names if not said[name]), "")
    if lacking:
        raise UnreadableError(f"has no `{lacking}`")


def _visible(text: str) -> str:
    """Without control characters, which painters choke on."""
    return "".join(character for character in text if character.isprintable())
