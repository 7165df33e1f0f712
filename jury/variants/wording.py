"""The words in which a target is given a question with two answers to choose from."""

from collections.abc import Sequence

from jury.sandbox import Sandbox
from prompts import Library


class Wording:
    """Renders the templates of `question/` from a library. Raises `InputError` that names the template at fault."""

    def __init__(self, library: Library) -> None:
        self._sandbox = Sandbox(library)
        self._languages = frozenset(library.languages())

    def choice(self, language: str, question: str, options: Sequence[str]) -> str:
        """The question with its options behind the letters A and B, in the language, else in English."""
        base = language.partition("-")[0]
        values = {"question": question, "options": tuple(options)}
        return self._sandbox.text("question/choose", base if base in self._languages else "en", values)
