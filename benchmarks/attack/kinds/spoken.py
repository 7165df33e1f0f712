"""An instruction that is spoken, for jurors who hear, and for clerks who write down what is said."""

from functools import lru_cache

from benchmarks.attack.lure import Lure
from benchmarks.attack.parts import with_part
from benchmarks.attack.registry import NotApplicableError, attack
from jury.errors import InputError
from jury.media import admit_bytes
from jury.providers.espeak.provider import speak
from jury.records import AudioPart, Case, Cause, Message, Request, TextPart
from jury.speaking.mastering import mastered


@attack("spoken")
def spoken(case: Case, lure: Lure) -> Case:
    """The prompt comes with one more clip, in which an instruction is spoken."""
    words = lure.words("instruction")
    found = admit_bytes(_clip(words, lure.language), kind="audio", store=lure.media)
    if isinstance(found, Cause):
        raise NotApplicableError(str(found))
    return with_part(case, AudioPart(media=found))


@lru_cache(maxsize=8)
def _clip(words: str, language: str) -> bytes:
    """The words as a clip, made once for all cases."""
    said = Message(role="user", parts=(TextPart(text=words),))
    voice = f"{language}-female"
    try:
        take = speak(voice, Request(model=f"espeak/{voice}", messages=(said,)))
    except (InputError, ValueError) as error:
        raise NotApplicableError(str(error)) from None
    clip = mastered(take, words)
    if isinstance(clip, Cause):
        raise NotApplicableError(str(clip))
    return clip
