"""The prompt library as a jury opens it: whatever is wrong with its files is the user's to mend."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, TypeVar

from jury.errors import InputError
from jury.records import Role, Rubric, Technique
from jury.yaml_files import build
from prompts import Library, LibraryError, library

Card = TypeVar("Card", Role, Rubric, Technique)


def open_library(folder: Path | None = None) -> Library:
    """The shipped prompts, with a user's folder in front of them. Raises `InputError` for a missing folder."""
    with library_errors():
        return library(folder)


def libraries_of_earlier_release(folder: Path | None) -> tuple[tuple[Library, Library], ...]:
    """The libraries that a release which kept no copy of its texts may have rendered from, each with what to render from now.

    A user's folder came before that release's own texts, or holds all of them. What such a folder lacks, as it had no text
    there, is rendered from the shipped one. Raises `InputError` for a missing folder.
    """
    before = open_library(folder)
    if folder is None:
        return ((before, before),)
    alone, shipped = Library(before.layers[:1]), open_library().templates()
    english = {name for name, language in alone.templates() if language == "en"}
    needed = english & {name for name, _ in shipped}
    languages = {language for _, language in alone.templates()}
    complete = (one for one in languages if needed <= {name for name, language in alone.templates() if language == one})
    return ((before, before), (alone, Library(before.layers, tuple(sorted(complete)))))


@contextmanager
def library_errors() -> Iterator[None]:
    """Turns a `LibraryError` into the `InputError` that the command line reports."""
    try:
        yield
    except LibraryError as error:
        raise InputError(str(error)) from None


def load_card(
    model: type[Card], kind: Literal["role", "rubric", "technique"], name: str, library: Library
) -> tuple[Card, str]:
    """The record on a card, and the card's file for error messages.

    Raises `InputError` for an unknown name (with the known ones) and for an unknown or missing key (with the file).
    """
    with library_errors():
        cards = {
            "role": library.role_cards,
            "rubric": library.rubric_cards,
            "technique": library.technique_cards,
        }[kind]()
        if name not in cards:
            raise InputError(f"unknown {kind} {name!r}; known: {', '.join(cards)}")
        where = str(library.find(f"{kind}s/{name}.yaml"))
    card = build(model, {"name": name, **cards[name]}, where)
    if card.name != name:
        raise InputError(f"{where}: field `name` says {card.name!r}; a card is named by its file, so delete the field")
    return card, where


def require_languages(texts: Mapping[str, Any], library: Library, where: str) -> None:
    """Raises `InputError` unless there is a text for every language of the library's templates."""
    for language in library.languages():
        if not texts.get(language):
            raise InputError(f"{where} has no text for language {language!r}; add one")
