"""Words, in English, Chinese and whatever else: what n-grams and signals are made of."""

import re
import unicodedata

#: What is read of a longer text: so many characters of its beginning and of its end.
BEGINNING, END = 16_000, 4_000

#: Han characters and kana are words of their own (pairs of them then make most Chinese words); other letters run
#: together, with apostrophes inside; digits run together.
_SINGLE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[^\W\d_{_SINGLE}]+(?:'[^\W\d_{_SINGLE}]+)*|\d+|[{_SINGLE}]")
_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")


def plain(text: str) -> str:
    """A text in one spelling: small letters, compatible forms (NFKC), straight apostrophes, no invisible characters.

    Of a very long text the beginning and the end.
    """
    if len(text) > BEGINNING + END:
        text = f"{text[:BEGINNING]}\n{text[-END:]}"
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("\u2019", "'")
        text = "".join(letter for letter in text if letter.isascii() or unicodedata.category(letter) != "Cf")
    return _SPACES.sub(" ", text.lower()).strip()


def words_of(plain_text: str) -> list[str]:
    """The words of a plain text, in their order."""
    return _WORD.findall(plain_text)
