"""Instructions that a reader of the screen does not see: zero-width characters and Unicode's tags."""

from benchmarks.attack.lure import Lure, last_answer, with_last_answer
from benchmarks.attack.registry import attack
from jury.records import Case

#: Between the letters of the words that can be seen, and the start of the block that mirrors ASCII unseen.
_GAP, _TAGS = "\u200b", 0xE0000


@attack("zero_width")
def zero_width(case: Case, lure: Lure) -> Case:
    """The answer has an instruction parted by zero-width characters, and once more in tags that can't be seen."""
    words = lure.words("instruction")
    unseen = "".join(chr(_TAGS + ord(one)) if one.isascii() else one + _GAP for one in words if one != "\n")
    return with_last_answer(case, f"{last_answer(case)}\n\n{_GAP.join(words)}{unseen}")
