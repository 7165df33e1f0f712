"""The question that is asked where an answer can't be read: what was wrong with it, and the form it must have."""

from functools import cached_property
from typing import Any

from jury.exhibits import fence_for
from jury.gateway.answers.form import Form, UnreadableError
from jury.gateway.answers.names import plain_name
from jury.prompt_files import open_library
from jury.records import Completion, Message, Request, TextPart
from jury.sandbox import Sandbox
from jury.screening import Screen
from prompts import Library

#: The template of the question.
ACT = "answer/repair"

#: The most of an unreadable answer that is shown to its model again, and the most of it that is quoted, in characters.
LONGEST_REPLY, LONGEST_QUOTE = 8_000, 300


class RepairWriter:
    """Words the repair question in the language of the trial, from a library's templates (by default the shipped ones).

    Whatever is quoted of the reply stands behind a fence. Its marker is keyed by the first question, which nobody who wrote
    a part of it knows as a whole.
    """

    def __init__(self, library: Library | None = None) -> None:
        self._library = library

    def question(
        self, request: Request, completion: Completion, problem: UnreadableError, form: Form[Any], language: str
    ) -> Request:
        """The same question again, with the model's own words and what was wrong with them; the speakers alternate."""
        said = completion.text.strip()
        words = self.words(problem, form, language, key=request.key, empty=not said)
        question = TextPart(text=words)
        if said:
            shortened = Screen(longest=LONGEST_REPLY).seen(said).text
            own = Message(role="assistant", parts=(TextPart(text=shortened),))
            return request.but(messages=(*request.messages, own, Message(role="user", parts=(question,))))
        *earlier, last = request.messages
        return request.but(messages=(*earlier, last.but(parts=(*last.parts, question))))

    def words(
        self, problem: UnreadableError, form: Form[Any], language: str, *, key: str = "", empty: bool = False
    ) -> str:
        """The words of the question. Raises `InputError` that names the template at fault."""
        known = {plain_name(name): name for name in form.fields}
        said = problem.said.strip()[:LONGEST_QUOTE] if problem.fault == "form" else ""
        values = {
            "fault": "empty" if empty else problem.fault,
            "field": known.get(plain_name(problem.field), ""),
            "quoted": fence_for(key, [said], ACT).around("REPLY", said) if said and not empty else "",
            "schema": form.schema,
        }
        return self._sandbox.text(ACT, self._spoken(language), values)

    def longest(self, form: Form[Any]) -> str:
        """The longest that the question may be in any language, for estimates and to see that it can be rendered."""
        problem = UnreadableError("", "x" * LONGEST_QUOTE, field=max(form.fields, key=len, default=""))
        return max((self.words(problem, form, language) for language in sorted(self._languages)), key=len)

    @cached_property
    def _prompts(self) -> Library:
        """The library, or the shipped one where it has no such template: texts of release 0.1.0 hold none."""
        library = self._library
        return library if library is not None and library.languages_of(ACT) else open_library()

    @cached_property
    def _sandbox(self) -> Sandbox:
        return Sandbox(self._prompts)

    @cached_property
    def _languages(self) -> frozenset[str]:
        return frozenset(self._prompts.languages_of(ACT))

    def _spoken(self, language: str) -> str:
        base = language.partition("-")[0]
        return base if base in self._languages else "en"
