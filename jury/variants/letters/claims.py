"""Which option an answer claims to be right, sentence by sentence, in English and Chinese.

An option is claimed where a sentence says so in words known here ("the answer is B", "选B") or says nothing else ("B."). What
is denied, supposed, asked, or told of others is no claim, and what is not known here is none either: nothing is guessed.
"""

import re
from collections.abc import Iterator

from jury.variants.letters.marking import SIGNS, letter_of
from jury.variants.letters.sayings import ALONE, CORRECTED, LISTED, SAYINGS, is_taken_back

_A, _B = SIGNS

_SENTENCE_END = re.compile(r"(?<=[!?。\n])|(?<=\.)(?=\s|$)")
_JOINT = re.compile(
    r"[,;]|\s(?=(?:but|because|since|so|though|although|however|while|whereas)\b)|(?=但是|不过|因为|所以)",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"\?\W*$|吗\W*$")

#: A letter with the text of an option right behind it.
_LETTERED = re.compile(rf"(?<![A-Za-z0-9_'])([AB])(?:[.:)]*|,)[ ]*\(?[ ]*([{_A}{_B}])")
#: Both options in full, one after the other: the question told again.
_RESTATED = re.compile(rf"(?:{_A}[\s.,;、和或]*(?:and|or)?\s*{_B}|{_B}[\s.,;、和或]*(?:and|or)?\s*{_A})")
_LABEL = re.compile(r"(?<![A-Za-z0-9_'])([AB])\.\s+(?=\S)")
_OPENING_LABEL = re.compile(rf"(?:^|(?<=[\n;,:])|(?<=[.!?。] )){_LABEL.pattern}")


def claims_in(text: str) -> frozenset[str]:
    """The letters that an answer claims, from an answer that was `marked`."""
    told = _unlabelled(_RESTATED.sub("\n", _LETTERED.sub(_joined, text)))
    return frozenset(letter for sentence in _SENTENCE_END.split(told) for letter in _claims(sentence))


def _joined(found: re.Match[str]) -> str:
    """The option alone where the letter before it is its own; else both, each as if it stood alone."""
    letter, sign = found.groups()
    return sign if letter_of(sign) == letter else f"\n{letter}\n{sign}\n"


def _unlabelled(text: str) -> str:
    """The text without labels where it labels both options: then it lists them, and a label claims nothing."""
    if {found[1] for found in _LABEL.finditer(text)} != {"A", "B"}:
        return text
    return _OPENING_LABEL.sub("", text)


def _claims(sentence: str) -> Iterator[str]:
    if _QUESTION.search(sentence):
        return
    corrected = CORRECTED.search(sentence)
    if corrected:
        yield _claimed(corrected)
        return
    alone = ALONE.match(sentence)
    if alone:
        yield _claimed(alone)
    for clause in _JOINT.split(LISTED.sub("", sentence)):
        yield from _said(clause)


def _said(clause: str) -> Iterator[str]:
    """The claims of a clause, but for those that the words before or after take back."""
    for saying in SAYINGS:
        for found in saying.finditer(clause):
            if not is_taken_back(clause[: found.start()], clause[found.end() :]):
                yield _claimed(found)


def _claimed(found: re.Match[str]) -> str:
    return next(letter_of(said) for name, said in found.groupdict().items() if name.startswith("claimed") and said)
