"""An answer made plain: one kind of bracket and label, and a sign in place of each option that is quoted in full."""

import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

#: They stand for the texts of options A and B: two signs of Linear B, which no answer is in; answers lose them.
SIGNS = ("\U00010080", "\U00010081")

#: Where a JSON object may state the answer.
_KEYS = frozenset({"answer", "choice", "option", "letter", "答案", "选项", "选择"})

_LATEX = re.compile(r"\\(?:boxed|text|mathrm|mathbf|textbf)\{([^{}]*)\}")
_ORNAMENT = re.compile(r"[*`#$~\"“”„«»‹›「」『』]|__|(?<!\w)'(?=\w)|(?<=\w)'(?!\w)")

_BRACKETED = re.compile(r"[(\[{<【]\s*([AB])\s*[)\]}>】]")
#: What follows a letter that is part of a sentence; anything else that follows a bracket or colon is its option's text.
_GOES_ON = r"(?!(?:is|are|was|seems|looks|must|would|should|because|since|over|and|or|nor|if)\b|[是才更最就而因和与或])"
_LABEL = re.compile(
    rf"(?<![A-Za-z0-9_'])([AB])[ ]*(?:[)\]:、]|[ ][-–—][ ]|\.(?=[^\W\d_]{{2}}))[ ]*(?=[^\s.,;!?。]){_GOES_ON}"
)
#: A small letter counts only where it can be no article: alone, or as the label that an answer begins with.
_SMALL = re.compile(
    r"^\W*(?:(?:the |my |final )*(?:answer|option|choice)(?: is)?[: ]+)?[ab](?=[.):\]]+(?:\s|$)|\s*$)", re.IGNORECASE
)
_ARTICLE = re.compile(r"(?:the|an|a)\s+(?=\S)", re.IGNORECASE)


def marked(answer: str, options: Sequence[str]) -> str:
    """The answer without ornament and thought, options quoted in full replaced by their signs, every label as in `A. `."""
    text = _plain(_with_json_in_words(_visible(answer)))
    pattern, signs = _quotations(options)
    if pattern is not None:
        text = pattern.sub(lambda found: signs[(found.lastindex or 1) - 1], text)
    lettered = _SMALL.sub(lambda found: found.group()[:-1] + found.group()[-1].upper(), text)
    return _LABEL.sub(r"\1. ", _BRACKETED.sub(r" \1) ", lettered)).strip()


def letter_of(said: str) -> str:
    """The letter that is meant by a letter or a sign."""
    return "AB"[SIGNS.index(said)] if said in SIGNS else said


def _visible(text: str) -> str:
    """In NFKC, spaces and breaks of one kind each, without thought, invisible characters and signs."""
    said = text.rpartition("</think>")[2].partition("<think>")[0]
    lines = unicodedata.normalize("NFKC", said).splitlines()
    spaced = ("".join(" " if one.isspace() else one for one in line) for line in lines)
    return "\n".join("".join(one for one in line if _is_visible(one)) for line in spaced)


def _is_visible(one: str) -> bool:
    return unicodedata.category(one)[0] != "C" and one not in SIGNS


def _plain(text: str) -> str:
    return _ORNAMENT.sub("", _LATEX.sub(r"\1", text.replace("’", "'"))).strip()


def _with_json_in_words(text: str) -> str:
    """The text with its first JSON object, if that states one answer, as a line of words."""
    start = text.find("{")
    try:
        value, end = json.JSONDecoder().raw_decode(text, start) if start >= 0 else ({}, 0)
    except (ValueError, RecursionError):
        return text
    said = _answers_in(value)
    return f"{text[:start]}\nanswer: {said[0]}\n{text[end:]}" if len(said) == 1 else text


def _answers_in(value: dict[str, Any]) -> list[str]:
    return [said for key, said in value.items() if key.strip().casefold() in _KEYS and isinstance(said, str)]


def _quotations(options: Sequence[str]) -> tuple[re.Pattern[str] | None, tuple[str, ...]]:
    """What finds an option's text, with or without an article, and the sign for each of its groups.

    None where the options can't be told apart, or from a letter.
    """
    if not options:
        return None, ()
    signs = {_words(option): sign for option, sign in zip(options, SIGNS, strict=True)}
    if len(signs) < len(SIGNS) or not signs.keys().isdisjoint({"", "a", "b"}):
        return None, ()
    # The longer first: one option may hold the other.
    ordered = sorted(signs, key=len, reverse=True)
    either = "|".join(f"({_spaced(words)})" for words in ordered)
    pattern = rf"(?<![a-z0-9])(?:(?:the|an|a)\s+)?(?:{either})(?![a-z0-9])"
    return re.compile(pattern, re.IGNORECASE), tuple(signs[words] for words in ordered)


def _spaced(words: str) -> str:
    return r"\s+".join(re.escape(word) for word in words.split())


def _words(option: str) -> str:
    """What counts of an option's text: neither article, capitals, spaces, nor a mark at its end."""
    bare = _plain(_visible(option)).strip(" .,;:!?。…\n")
    article = _ARTICLE.match(bare)
    return " ".join(bare[article.end() if article else 0 :].casefold().split())
