"""Interpreting: what a picture for a request is to show, in things that the offline painter can draw."""

import json
import re

from jury.painting.things import things_in
from jury.providers.rehearsal.authors.asked import Asked
from jury.providers.rehearsal.authors.character import Author
from jury.providers.rehearsal.authors.sayings import saying
from jury.providers.rehearsal.authors.things import listed, thing_names
from jury.providers.rehearsal.picking import lot

#: The most things in one picture, and how many are thought of where a request names none.
MOST, THOUGHT_OF = 3, 2

#: Words of a technique's guidance for images, by which authors know what it wants.
_OF_PEOPLE = re.compile(r"portrait|people|肖像|普通人")
_WITHOUT = re.compile(r"\b(?:not|never) show|(?:不能|不要|不得)出现")


def interpret(_author: Author, asked: Asked) -> str:
    """A subject and a scene: what the request names, else what comes to mind by hash; people where guidance wants them.

    Where the guidance says that the image must not show what is asked about, only other things come to mind.
    """
    request = "\n".join(asked.fenced("QUERY"))
    guidance = _guidance(asked.words)
    named = things_in(request)
    if _WITHOUT.search(guidance):
        shown = _thought_of(request, avoided=named)
    else:
        people = ("person",) if _OF_PEOPLE.search(guidance) else ()
        shown = list(dict.fromkeys((*people, *named)))[:MOST] or _thought_of(request)
    subject = listed(shown, asked.language)
    subject = subject[:1].upper() + subject[1:]
    scene = saying(asked.language, "scene", key=request, things=subject)
    return json.dumps({"subject": subject, "scene": scene}, ensure_ascii=False)


def _guidance(words: str) -> str:
    """What is said of the image beneath the line that introduces the request, before the first empty line."""
    return words.partition("\n\n")[0].partition("\n")[2]


def _thought_of(request: str, avoided: tuple[str, ...] = ()) -> list[str]:
    free = [thing for thing in thing_names() if thing not in avoided]
    return sorted(free, key=lambda thing: lot(request, thing))[:THOUGHT_OF]
