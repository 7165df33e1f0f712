"""The things that authors have pictured: what the offline painter knows, in the words it knows them by."""

from collections.abc import Sequence

from jury.providers.rehearsal.authors.data import content_of
from jury.providers.rehearsal.authors.sayings import saying
from jury.providers.rehearsal.reading import Language


def thing_names() -> tuple[str, ...]:
    """Every thing, by the painter's name for it."""
    return tuple(content_of("things"))


def with_article(thing: str, language: Language) -> str:
    """The thing with its article or measure word."""
    article: str = content_of("things")[thing][language][0]
    return article


def noun(thing: str, language: Language) -> str:
    """The bare noun."""
    bare: str = content_of("things")[thing][language][1]
    return bare


def listed(things: Sequence[str], language: Language) -> str:
    """All of them in one phrase."""
    return saying(language, "and", key="").join(with_article(thing, language) for thing in things)
