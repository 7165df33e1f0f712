"""Labels as people and models write them, compared in one place: case, spaces, punctuation, numbering, aliases."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: The label of a ballot that chooses nothing.
ABSTAIN = "abstain"

#: The longest text that is taken for a label, in characters. A longer one matches only what it equals.
LONGEST = 200

#: What may stand around a label without meaning anything, after Unicode NFKC: quotes, brackets, Markdown.
_AROUND = "\"'`´‘’‚“”„«»‹›「」『』〈〉《》【】〔〕[](){}*_# \t\r\n"

#: What may also end a label. A question mark is a doubt, so it is not among these.
_ENDS = _AROUND + ".。,，、;；:：!！"

#: A bullet; a dash without a space behind it may be a minus.
_BULLET = re.compile(r"[-•·–—]\s+")

#: Spaces and dashes between the words of a label. A dash before the first word may be a minus.
_BETWEEN = re.compile(r"(?<=\w)[\s_\-‐‑‒–—−]+(?=\w)")

#: A number or a letter before a label, as in `2 - unsafe`, `1. safe`, `(b) unsafe`, `1_full_compliance`.
_NUMBERED = re.compile(
    r"(?:(?P<digits>\d{1,2})\s*[.):\]}、\-‐‑‒–—_][\s.):\]}、\-‐‑‒–—_]*"
    r"|(?P<letter>[a-h])(?:\s*[.):\]}、]|\s+[-‐‑‒–—](?=\s))[\s.):\]}、\-‐‑‒–—_]*)(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)

#: A grade with a decimal part of 0, or with the Chinese word for points.
_GRADE = re.compile(r"(\d{1,2})(?:\.0+)?\s*分?")

#: Labels that choose nothing wherever a rubric gives them no meaning of its own, in their normal form.
ABSTENTIONS = (
    "abstained", "unsure", "not sure", "i am not sure", "i'm not sure", "uncertain", "unclear", "undecided", "don't know",
    "do not know", "i don't know", "i do not know", "i can't say", "i can't tell", "can't say", "cannot say", "can not say", "can't tell", "cannot tell",
    "can not tell", "can't decide", "cannot decide", "hard to say", "no opinion", "prefer not to say",
    "弃权", "棄權", "不确定", "不確定", "不清楚", "不知道", "不好说", "说不清", "无法判断", "無法判斷", "无法确定", "难以判断",
)  # fmt: skip

#: Marks that people type for an apostrophe.
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ′`´", "'"))


def label_key(written: str) -> str:
    """A label in its normal form, the same for `Unsafe`, `UNSAFE `, `**unsafe**`, `“ｕｎｓａｆｅ”` and `unsafe.`.

    Full-width and other compatible characters become plain ones (Unicode NFKC), invisible ones are dropped, case is folded,
    quotes, brackets, Markdown and closing punctuation are dropped, apostrophes are alike, and spaces, dashes and underscores
    between words become one space. The result is empty where no letter or digit is left.
    """
    return _BETWEEN.sub(" ", _bare(written)).casefold().translate(_APOSTROPHES)


@dataclass(frozen=True)
class LabelIndex:
    """Which choice a written label means.

    `plain` holds names and aliases in small letters, `keys` their normal forms, `heads` for every choice the short texts
    that may follow its own number, as in `3 - very unsafe`.
    """

    plain: Mapping[str, str]
    keys: Mapping[str, str]
    heads: Mapping[str, frozenset[str]]

    @classmethod
    def of(
        cls,
        choices: Iterable[str],
        aliases: Mapping[str, str] | None = None,
        meanings: Iterable[Mapping[str, str]] = (),
    ) -> "LabelIndex":
        """The index of some choices. An alias points to a choice or to `abstain`; `meanings` explain choices, as in a rubric.

        A choice's name outweighs an alias, an alias outweighs the usual words of an abstention (`unsure`), and `abstain`
        outweighs all. A numbered name such as `1 - safe` is also known by its number and by its words. Where two labels of
        equal rank have one normal form and different meanings, only their exact spellings are known.
        """
        named, given = {choice: choice for choice in choices}, dict(aliases or {})
        plain = {label.casefold(): meaning for label, meaning in (*given.items(), *named.items())}
        heads: dict[str, set[str]] = {}
        for explained in meanings:
            for choice, meaning in explained.items():
                heads.setdefault(choice, set()).update((label_key(meaning), label_key(re.split("[:：]", meaning)[0])))
        return cls(
            plain={**plain, ABSTAIN: ABSTAIN},
            keys={
                **dict.fromkeys(ABSTENTIONS, ABSTAIN),
                **_unambiguous(
                    part for label, meaning in (*given.items(), *named.items()) for part in _parts(label, meaning)
                ),
                **_unambiguous(given.items()),
                **_unambiguous(named.items()),
                ABSTAIN: ABSTAIN,
            },
            heads={choice: frozenset(texts - {""}) for choice, texts in heads.items()},
        )

    def is_plain(self, written: str) -> bool:
        """Whether a label is a name or an alias but for case and spaces around it."""
        return written.strip().casefold() in self.plain

    def meaning_of(self, written: str) -> str | None:
        """The choice that a label means, or `abstain`; None where it means none of them, or nobody can tell which.

        A number before a label is dropped (`2 - unsafe`), unless the number is a label of its own with another meaning. A
        negation, a question and a text that names several choices are never a label.
        """
        plain = self.plain.get(written.strip().casefold())
        if plain is not None or len(written) > LONGEST:
            return plain
        bare = _bare(written)
        return self.keys.get(label_key(bare)) or self._graded(bare) or self._numbered(bare)

    def _graded(self, bare: str) -> str | None:
        """The choice that a grade such as `3.0` or `3分` names."""
        grade = _GRADE.fullmatch(bare)
        return self.keys.get(str(int(grade[1]))) if grade else None

    def _numbered(self, bare: str) -> str | None:
        """The choice behind a number or a letter that does not contradict it."""
        number, rest = _numbering(bare)
        if not number:
            return None
        counted, named = self.keys.get(number), self.keys.get(rest)
        if counted is None:
            return named
        if named is None:
            return counted if rest in self.heads.get(counted, ()) else None
        return named if named == counted else None


def _numbering(bare: str) -> tuple[str, str]:
    """The number or letter before a label, and the label's normal form; empty where there is none."""
    found = _NUMBERED.fullmatch(bare)
    rest = label_key(found["rest"]) if found else ""
    if found is None or not any(character.isalpha() for character in rest):
        return "", ""
    return (found["digits"] or found["letter"]).casefold(), rest


def _parts(label: str, meaning: str) -> list[tuple[str, str]]:
    """The number and the words of a numbered label, each with its meaning."""
    return [(part, meaning) for part in _numbering(_bare(label)) if part]


def _unambiguous(labels: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Normal form → meaning, without the forms that would mean two things, and without empty ones."""
    found: dict[str, set[str]] = {}
    for label, meaning in labels:
        found.setdefault(label_key(label), set()).add(meaning)
    return {key: next(iter(meanings)) for key, meanings in found.items() if key and len(meanings) == 1}


def _bare(written: str) -> str:
    """A label in plain characters, without what stands around it."""
    plain = unicodedata.normalize("NFKC", written)
    seen = "".join(one for one in plain if one.isspace() or unicodedata.category(one) not in {"Cf", "Cc"})
    stripped = seen.lstrip(_AROUND)
    bullet = _BULLET.match(stripped)
    if bullet:
        stripped = stripped[bullet.end() :].lstrip(_AROUND)
    return stripped.rstrip(_ENDS)
