"""What an image is to bring to mind."""

from dataclasses import dataclass

from jury.policy import is_never_shown
from jury.records import Query


@dataclass(frozen=True)
class Motif:
    """A query, or one panel of it: the words to be pictured, and what the technique wants of the image, if anything.

    A `silent` image has no caption: it would give an answer away.
    """

    query: Query
    words: str
    panel: int = 0
    guidance: str = ""
    silent: bool = False

    @property
    def place(self) -> tuple[str | int, ...]:
        """What tells it from every other."""
        return self.query.id, self.panel

    def forbids(self, *texts: str) -> bool:
        """Whether the texts, read next to the query's own words, are about what is never shown."""
        return is_never_shown("\n".join((self.query.draft.text, self.words, *texts)))
