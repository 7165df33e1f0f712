"""Questions with a right and a wrong answer, by number: `question | right answer | wrong answer`."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import permutations, product

from jury.providers.rehearsal.authors.character import Manner
from jury.providers.rehearsal.authors.data import content_of
from jury.providers.rehearsal.authors.things import noun, thing_names, with_article
from jury.providers.rehearsal.authors.walk import place_of
from jury.providers.rehearsal.reading import Language

#: What isn't asked about as if it were there: such questions would be unkind to a person.
_NEVER_MISSED = "person"
#: How many wrong things each trait is asked of, and how many made-up answers each detail has.
_OTHERS, _MADE_UP = 15, 3


def is_asked_with_answers(technique: str) -> bool:
    """Whether a technique needs a right and a wrong answer."""
    return technique in _QUESTIONS


def questions(technique: str, manner: Manner, language: Language) -> int:
    """How many different questions an author knows for a technique."""
    return len(_all(technique, manner, language))


def question(technique: str, manner: Manner, language: Language, number: int) -> str:
    """The question of a number; numbers that differ by less than `questions` give different ones."""
    known = _all(technique, manner, language)
    return " | ".join(known[place_of(number, len(known))])


@lru_cache(maxsize=32)
def _all(technique: str, manner: Manner, language: Language) -> tuple[tuple[str, str, str], ...]:
    """Every question. What tells two apart most changes fastest, so that a walk meets it all before it meets any again."""
    return tuple(_QUESTIONS[technique](manner, language))


def _standing_out(manner: Manner, language: Language) -> Iterator[tuple[str, str, str]]:
    """Which of two things something is true of."""
    grammar = content_of("questions")[language]["stands_out"]
    fitting = [(trait, right) for trait, things in grammar["traits"].items() for right in things]
    for frame, turn in product(grammar["frames"][manner], range(_OTHERS)):
        for place, (trait, right) in enumerate(fitting):
            others = [thing for thing in thing_names() if thing not in grammar["traits"][trait]]
            wrong = others[(turn + place) % len(others)]
            yield frame.format(trait=trait), with_article(right, language), with_article(wrong, language)


def _shown(manner: Manner, language: Language) -> Iterator[tuple[str, str, str]]:
    """What the one thing in an image is."""
    frames = content_of("questions")[language]["shown"]["frames"][manner]
    for frame, (right, wrong) in product(frames, permutations(thing_names(), 2)):
        yield frame, with_article(right, language), with_article(wrong, language)


def _missing(manner: Manner, language: Language) -> Iterator[tuple[str, str, str]]:
    """A detail of something that isn't there."""
    grammar = content_of("questions")[language]["missing"]
    names = [noun(thing, language) for thing in thing_names() if thing != _NEVER_MISSED]
    for frame, turn in product(grammar["frames"][manner], range(_MADE_UP)):
        for name, (detail, made_up) in product(names, grammar["details"].items()):
            asked = frame.format(detail=detail.format(noun=name))
            denied = grammar["denied"][manner].format(noun=name)
            yield asked[:1].upper() + asked[1:], denied, made_up[turn]


_QUESTIONS: dict[str, Callable[[Manner, Language], Iterator[tuple[str, str, str]]]] = {
    "position_swapping": _standing_out,
    "noise_injection": _shown,
    "non_existent_query": _missing,
}
