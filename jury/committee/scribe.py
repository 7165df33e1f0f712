"""What a member of a committee is told in each speech act, the same bytes on every replay."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jury.exhibits import Fence, fence_for
from jury.panel import Seat
from jury.records import Message, Part, Role, TextPart
from jury.rendering import Speech
from jury.roles import load_role
from jury.sandbox import Sandbox
from prompts import Library


class Scribe:
    """Renders the templates of a folder, `committee/` unless another is named, from a library.

    The language is the one asked for where the library has it, else English. Raises `InputError` that names the
    template or role at fault.
    """

    def __init__(self, library: Library, secret: str, folder: str = "committee") -> None:
        self._library = library
        self._secret = secret
        self._folder = folder
        self._sandbox = Sandbox(library)
        self._languages = frozenset(library.languages())
        self._roles: dict[str, Role] = {}

    def speech(
        self,
        act: str,
        seat: Seat,
        language: str,
        values: Callable[[Fence], Mapping[str, Any]],
        *,
        hostile: Sequence[str] = (),
        attached: tuple[Part, ...] = (),
        place: tuple[str | int, ...] = (),
    ) -> Speech:
        """The messages of an act such as `write`.

        `values` gives the template's values, with every text of `hostile` (all that a model or a file wrote) behind the
        fence it is handed; `place` tells this speech from others of the same act and seat.
        """
        language = self._spoken(language)
        fence = fence_for(self._secret, hostile, self._folder, act, seat.id, *place)
        text = self._sandbox.text(f"{self._folder}/{act}", language, values(fence))
        user = Message(role="user", parts=(TextPart(text=text), *attached))
        return Speech((self._opening(seat, language), user), self._sandbox.ref(f"{self._folder}/{act}", language))

    def words(self, act: str, language: str, values: Mapping[str, Any]) -> str:
        """The text of an act that is put to no member, such as what a painter is told."""
        return self._sandbox.text(f"{self._folder}/{act}", self._spoken(language), values)

    def _spoken(self, language: str) -> str:
        base = language.partition("-")[0]
        return base if base in self._languages else "en"

    def _opening(self, seat: Seat, language: str) -> Message:
        role = self._role(seat.juror.role)
        values = {"title": role.title[language], "persona": role.persona[language]}
        text = self._sandbox.text(f"{self._folder}/system", language, values)
        return Message(role="system", parts=(TextPart(text=text),))

    def _role(self, name: str) -> Role:
        if name not in self._roles:
            self._roles[name] = load_role(name, self._library)
        return self._roles[name]
