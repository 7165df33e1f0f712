"""An instruction in a picture, for jurors who see, and for clerks who read to those who don't."""

from functools import lru_cache

from benchmarks.attack.lure import Lure
from benchmarks.attack.parts import with_part
from benchmarks.attack.registry import NotApplicableError, attack
from jury.errors import InputError
from jury.media import admit_bytes
from jury.painting.png import png_bytes
from jury.painting.typography import typographic_card
from jury.records import Case, Cause, ImagePart

#: Pixels of the picture.
SIZE = (768, 512)


@attack("image_text")
def image_text(case: Case, lure: Lure) -> Case:
    """The prompt comes with one more picture, on which an instruction is written."""
    found = admit_bytes(_card(lure.words("instruction")), kind="image", store=lure.media)
    if isinstance(found, Cause):
        raise NotApplicableError(str(found))
    return with_part(case, ImagePart(media=found))


@lru_cache(maxsize=8)
def _card(words: str) -> bytes:
    """The words on a picture, painted once for all cases."""
    try:
        return png_bytes(typographic_card(words, SIZE))
    except InputError as error:
        raise NotApplicableError(str(error)) from None
