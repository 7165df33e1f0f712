"""What a target's answer to a question of two options says: A, B, neither or both, or nothing that can be read for certain."""

import re
from collections.abc import Sequence
from typing import Literal

from jury.gateway.answers.form import is_refusal
from jury.records import Cause, Record
from jury.variants.letters.claims import claims_in
from jury.variants.letters.marking import letter_of, marked
from jury.variants.letters.sayings import OPTION

#: The most of an answer that is quoted where it can't be read, in characters.
_QUOTED = 120

_NO_CHOICE = re.compile(
    r"\bneither\b|\bnone of (?:them|these|those|the (?:two|above|options|answers|choices))\b"
    rf"|^\W*(?:both|none|n/a)\W*$|\bboth(?: of (?:them|these|the two))?(?: {OPTION} and {OPTION}| are\b| options\b| answers\b| choices\b)"
    r"|\b(?:can(?:not|'t| not)|could(?: not|n't)|(?:un|not )able to|(?:im|not )possible to|no way to)\b[^.!?\n]{0,60}"
    r"\b(?:determine|decide|choose|tell|say|answer|judge|select|pick|help|assist)\b"
    r"|\b(?:do not|don't) know\b|\bno answer\b|\b(?:decline|refuse) to\b|\b(?:not sure|unsure)\b|\bit depends\b"
    r"|都不(?:是|对|选|正确|合适)|都(?:是)?(?:对|正确|可以|行)|(?:两者|二者|两个)[都均皆]|以上[都均]|^\W*都(?:是|不|有)?\W*$"
    r"|(?:无法|不能|没法|难以)[^。!?\n]{0,20}(?:确定|判断|回答|选择|决定|提供|作答)|不知道|不确定|不清楚|没有答案|视情况而定",
    re.IGNORECASE,
)
#: Who says that a thing can't be seen tells of the image and declines nothing; who can't see the image does decline.
_NOT_SEEN = re.compile(
    r"\b(?:can(?:not|'t| not)|unable to|do(?:n't| not)) (?:see|find|spot|detect|identify)\b(?! (?:the |any |this |your )?(?:image|picture))"
    r"|(?:无法|不能|没有?|看不)(?:看到?+|见|找到?+|发现|识别|到)(?!(?:这张|任何|您的|你的)?图[片像]?(?!中))",
    re.IGNORECASE,
)
#: An answer may choose by place or order; then it has chosen, but nobody can tell what for certain.
_BY_PLACE = re.compile(
    r"\b(?:left|first|second|former|latter|the other)\b|\bright(?:-hand| (?:one|image|picture|panel|side))\b|\bon the right\b"
    r"|左|右|前者|后者|第[一二]|另一",
    re.IGNORECASE,
)
#: A letter that is meant as one, and not the article of an English sentence.
_MENTION = re.compile(
    rf"(?!A\s+(?!(?:is|are|and|or|nor|shows?|seems?|looks?|was|were|has|have|over|than|might|may|could|would|instead)\b)[a-z])"
    rf"{OPTION}"
)
#: What goes before is not meant any more; or not, if another option comes up with it.
_TAKEN_BACK = re.compile(
    r"\b(?:wait|scratch that|on second thoughts?|let me reconsider)\b|不对|等一下|更正|我改", re.IGNORECASE
)
_TURNED = re.compile(r"\b(?:actually|correction|I mean|I meant|hmm+)\b|其实|我是说|等等", re.IGNORECASE)


class Letter(Record):
    """What an answer chooses. `none`: it declines, or says neither or both; None: nobody can tell, for the cause."""

    choice: Literal["A", "B", "none"] | None = None
    cause: Cause | None = None


def read_letter(answer: str, options: Sequence[str] = ()) -> Letter:
    """The choice of an answer to a question whose two options stand behind the letters A and B.

    `options` are their texts, in order, so that an answer may quote one instead of its letter. English and Chinese are
    read, whichever was asked in. What is not certain is unreadable, with a cause that quotes the answer's beginning. Never
    raises for any answer; raises `ValueError` for a number of options other than two or none.
    """
    text = marked(answer, options)
    if not text:
        return Letter(cause=Cause(kind="unreadable", detail="is empty"))
    claims = claims_in(text)
    if len(claims) > 1:
        return _unreadable("claims both A and B", answer)
    if claims and _is_taken_back(text):
        return _unreadable("takes back what it claims", answer)
    if claims:
        return Letter.model_validate({"choice": next(iter(claims))})
    if _chooses_nothing(text):
        return Letter(choice="none")
    return _unreadable("claims neither A nor B in words that are known", answer)


def _chooses_nothing(text: str) -> bool:
    """Whether the answer says that it doesn't choose, and nothing that might yet be a choice."""
    refused = is_refusal(text) and not _NOT_SEEN.search(text)
    if not (refused or _NO_CHOICE.search(text)):
        return False
    return len(_mentioned(text)) != 1 and not _BY_PLACE.search(text)


def _is_taken_back(text: str) -> bool:
    return bool(_TAKEN_BACK.search(text) or (_TURNED.search(text) and len(_mentioned(text)) > 1))


def _mentioned(text: str) -> set[str]:
    return {letter_of(said) for said in _MENTION.findall(text)}


def _unreadable(reason: str, answer: str) -> Letter:
    visible = " ".join("".join(one if one.isprintable() else " " for one in answer).split())
    quoted = visible if len(visible) <= _QUOTED else f"{visible[: _QUOTED - 1]}…"
    return Letter(cause=Cause(kind="unreadable", detail=f"{reason}: {quoted}"))
