"""What a member of a committee is asked: the act and its particulars, from the lines outside of every fence."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from jury.providers.rehearsal.reading import Language, Messages, count_parts, fenced, language_of, unfenced

_PARTICULAR = re.compile(r"^([A-Z]+): (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Asked:
    """A task: its act, its particulars such as `COUNT`, and the messages it came in; `words` are ours, not the material's."""

    act: str
    particulars: Mapping[str, str]
    language: Language
    words: str
    messages: Messages
    seed: int

    @property
    def images(self) -> int:
        """How many images came along."""
        return count_parts(self.messages, "image_url")

    def fenced(self, kind: str) -> tuple[str, ...]:
        """The material behind fences of a kind, in its order."""
        return fenced(self.messages, kind)

    def number(self, name: str, otherwise: int = 1) -> int:
        """A particular that is a whole number."""
        stated = self.particulars.get(name, "")
        return int(stated) if stated.isdecimal() else otherwise


def read_asked(messages: Messages, seed: int) -> Asked:
    """The task in the messages; without an act where they hold none."""
    words = unfenced(messages)
    particulars = dict(_PARTICULAR.findall(words))
    return Asked(
        act=particulars.get("ACT", ""),
        particulars=particulars,
        language="zh" if particulars.get("LANGUAGE", language_of(words)) == "zh" else "en",
        words=words,
        messages=messages,
        seed=seed,
    )
