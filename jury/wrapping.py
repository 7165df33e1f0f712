"""How a request is put to a target: a fixed wording around it, chosen for all cases alike, in the case's language."""

from jury.errors import InputError
from jury.records import ImagePart, Part, TemplateRef, TextPart, Turn
from jury.sandbox import Sandbox
from prompts import Library

FOLDER = "target"


class Wrapper:
    """The wrapper of a name, as the templates `target/<name>.<language>.j2` have it; the same bytes on every replay."""

    def __init__(self, name: str, library: Library) -> None:
        self._act = f"{FOLDER}/{name}"
        self._name = name
        self._sandbox = Sandbox(library)
        self._known = library.acts(FOLDER)
        self._written = library.languages_of(self._act)
        self._languages = frozenset(library.languages())

    def ref(self, language: str) -> TemplateRef:
        """Name, language, version and hash of the wrapper for a case's language. Raises `InputError`."""
        if self._name not in self._known:
            raise InputError(f"unknown wrapper {self._name!r}; known: {', '.join(self._known)}")
        return self._sandbox.ref(self._act, self._spoken(language))

    def refs(self) -> dict[str, TemplateRef]:
        """The wrapper in every language it is in."""
        return {language: self._sandbox.ref(self._act, language) for language in self._written}

    def around(self, turn: Turn, language: str) -> tuple[Part, ...]:
        """The parts of a turn with its words in the wrapper; what has no words, or gains none, stays as it is."""
        words = "\n".join(part.text for part in turn.parts if isinstance(part, TextPart))
        if not words.strip():
            return turn.parts
        images = sum(isinstance(part, ImagePart) for part in turn.parts)
        said = self._sandbox.text(self._act, self._spoken(language), {"request": words, "images": images})
        return turn.parts if said == words.rstrip("\n") else _replaced(turn.parts, said)

    def _spoken(self, language: str) -> str:
        base = language.partition("-")[0]
        return base if base in self._languages else "en"


def _replaced(parts: tuple[Part, ...], said: str) -> tuple[Part, ...]:
    """The parts with one text in the place of the first, in which the words of all texts are."""
    first = next(index for index, part in enumerate(parts) if isinstance(part, TextPart))
    rest = tuple(part for part in parts[first:] if not isinstance(part, TextPart))
    return (*parts[:first], TextPart(text=said), *rest)
