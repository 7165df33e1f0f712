"""The cast of the rehearsal: every character by name, the even-tempered and the troublesome."""

from collections.abc import Callable

from jury.providers.rehearsal.authors import MANNERS, Author, speak
from jury.providers.rehearsal.jurors import abstain, argue, call_on, judge, summarise
from jury.providers.rehearsal.reading import Messages, Reading, read_prompt
from jury.providers.rehearsal.targets import TARGETS, answer
from jury.providers.rehearsal.temperaments import TEMPERAMENTS
from jury.providers.rehearsal.words import phrase
from jury.registry import Registry

#: What a character says to some messages; the integer is the seed.
Character = Callable[[Messages, int], str]

CHARACTERS: Registry[Character] = Registry("rehearsal character")


class OutageError(Exception):
    """A scripted failure: the character can't be reached."""


def _juror(ballot: Callable[[Reading, int], str], temperament: str = "context") -> Character:
    """A juror fills in a ballot where choices are named; else it argues on exhibits, or sums ballots up."""

    def speak(messages: Messages, seed: int) -> str:
        reading = read_prompt(messages)
        if reading.choices:
            return ballot(reading, seed)
        if reading.places:
            return call_on(reading)
        return argue(temperament, reading, seed) if reading.prompt else summarise(reading)

    return speak


def _tempered(name: str) -> Character:
    return _juror(lambda reading, seed: judge(name, reading, seed), name)


def _target(name: str) -> Character:
    return lambda messages, seed: answer(name, messages, seed)


def _author(author: Author) -> Character:
    return lambda messages, seed: speak(author, messages, seed)


#: Members of a committee: one for each manner, one who repeats itself, one who soon runs dry, one who refuses, and a critic
#: whom nothing pleases.
_AUTHORS = (
    *(Author(f"author-{manner}", manner) for manner in MANNERS),
    Author("author-repeating", repeating=True),
    Author("author-terse", knows=12),
    Author("author-refusing", refusing=True),
    Author("critic-never", contented=False),
)

for _name in TEMPERAMENTS:
    CHARACTERS.add(_name)(_tempered(_name))
for _name in TARGETS:
    CHARACTERS.add(_name)(_target(_name))
for _one in _AUTHORS:
    CHARACTERS.add(_one.name)(_author(_one))
CHARACTERS.add("abstainer")(_juror(lambda reading, _seed: abstain(reading)))


@CHARACTERS.add("refuser")
def refuser(messages: Messages, _seed: int) -> str:
    """Declines to judge, in words, whatever it is asked."""
    return phrase(read_prompt(messages).language, "refused")


@CHARACTERS.add("garbler")
@_juror
def garbler(reading: Reading, seed: int) -> str:
    """Unreadable at first; asked again, it fills in the ballot of a `context` juror."""
    return judge("context", reading, seed) if reading.asked_again else "%% ballot -> ??? ~~ 0101 ))("


@CHARACTERS.add("mute")
def mute(_messages: Messages, _seed: int) -> str:
    """Never says anything that could be read."""
    return "…"


@CHARACTERS.add("failing")
def failing(_messages: Messages, _seed: int) -> str:
    """Can never be reached."""
    raise OutageError("this character always fails")
