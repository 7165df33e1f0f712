"""What authors say for themselves, in the prompt's language."""

from jury.providers.rehearsal.authors.data import content_of
from jury.providers.rehearsal.picking import picked
from jury.providers.rehearsal.reading import Language


def saying(language: Language, what: str, /, *, key: str, **values: object) -> str:
    """One of the sayings for an occasion, the same for the same key, with its blanks filled in."""
    known = content_of("sayings")[language][what]
    chosen: str = known if isinstance(known, str) else picked(known, key, what)
    return chosen.format(**values)
