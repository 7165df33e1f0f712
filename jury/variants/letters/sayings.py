"""The words in which an answer claims an option, and those that take a claim back. Patterns see answers that were `marked`."""

import re

from jury.variants.letters.marking import SIGNS

_SIGN = f"[{''.join(SIGNS)}]"
#: A letter that is no part of a word, or the sign of an option that is quoted in full.
OPTION = rf"(?:(?<![A-Za-z0-9_'.&/+-])[AB](?![A-Za-z0-9_'&/+*-])|{_SIGN})"
_THING = r"(?:(?:option|choice|answer|letter|image|picture|panel)\s+|选项|答案|图片|图)?\s*"
#: What may follow: "the answer is A." and "A because" are claims, "the answer is A cat" and "A or B" are none.
_END = (
    rf"(?!\)?\s*(?:[,;/、]|and\b|or\b|nor\b|和|或|与|及|还是|跟)\s*(?:and\s+|or\s+)?{_THING}(?-i:{OPTION}))"
    r"(?=\s*(?:$|[.,;:!()\]}}。—-]|项|选项|图|这|因|由于|而|吧|啊|呀)"
    r"|\s+(?:because|since|as|for|over|here|rather|instead|due|based|given|from|with|not)\b)"
)

#: Both options named together, as in "A or B": neither is claimed.
LISTED = re.compile(
    rf"{OPTION}\)?\s*(?:[,;/、&+]|\band\b|\bor\b|和|或者?|与|及|还是|跟)\s*(?:(?:and|or)\s+)?{_THING}{OPTION}(?=\)?\s*(?:[.,;!?。、]|$))"
)


def _claim(name: str = "claimed") -> str:
    return rf"{_THING}(?P<{name}>(?-i:{OPTION})){_END}"


_CLAIM = _claim()
_SURELY = r"(?:(?:most likely|likely|probably|clearly|definitely|obviously|plainly|simply|therefore|indeed|still)\s+)?"
_NOUN = r"(?:^\W*|\b(?:the|my|final|correct|right|best|better)\s+)(?:answer|choice|pick|option|decision)"
_NOUN_ZH = r"(?:^\W*|正确的?|最终的?|最佳的?|我的|本题的?|此题的?|所以|因此|故|认为)(?:答案|选项|选择|回答)"
_SUBJECT_ZH = r"(?:^\W*|我|本题|此题|我们|应该?|应当|会|要|所以|因此|故|就|建议|决定|最终|倾向于?)"
_RIGHT = r"(?:correct\b|right\W*$|the answer\b|my (?:answer|choice)\b|the (?:right|correct|best|better)(?: (?:answer|option|choice|one))\b)"

#: The ways of saying which option is right.
SAYINGS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_NOUN}(?:\s+(?:is|would be|must be|should be)\b[\s:]*|\s*[:=]+>?\s*|\s+[-–—]+>?\s+){_SURELY}{_CLAIM}",
        rf"\b(?:final|my) answer\s+{_CLAIM}",
        rf"\b(?:correct|right|best) one is\s+{_CLAIM}",
        rf"\b(?:I|we)(?:'d|'ll|'m|\s+(?:would|will|must|have to|do|am))?\s+{_SURELY}"
        rf"(?:choose|choosing|chose|pick|select|go with|going with|opt for|prefer|say:?|answer(?: with)?)\s+{_CLAIM}",
        rf"\bI (?:think|believe)(?: that)?(?: it is| it's)?\s+{_CLAIM}",
        rf"^\W*(?:choose|pick|select|let's go with)\s+{_CLAIM}",
        rf"^\W*(?:(?:so|thus|therefore)\W+)?(?:it's|it is|that's|that is|it would be|it must be)\s+{_SURELY}{_CLAIM}",
        rf"{_THING}(?P<claimed>(?-i:{OPTION}))\)?\s+(?:is|would be|must be|seems)\s+{_SURELY}{_RIGHT}",
        rf"{_NOUN_ZH}(?:应该?|应当|就|显然|当然)?[是为选:=\s]+{_CLAIM}",
        rf"{_SUBJECT_ZH}(?:选择|选|倾向于?)(?:了|的是)?\s*{_CLAIM}",
        rf"{_THING}(?P<claimed>(?-i:{OPTION}))\)?\s*(?:选?项)?(?:才|就|显然)?是?(?:正确|对的|我的(?:答案|选择))",
        rf"^\W*(?:(?:所以|因此|故|那么?|我觉得|我认为|我想)\W*)?(?:应该|应当|就)?是\s*{_CLAIM}\W*$",
    )
)

#: One option denied and the other claimed: "not A but B", "B, not A", "不是A而是B".
_DENIED = rf"{_THING}(?-i:{OPTION})"
CORRECTED = re.compile(
    rf"(?:^|\s)not\s+{_DENIED}\W*\bbut\s+(?:rather\s+)?{_claim('claimed_but')}\W*$"
    rf"|^\W*{_THING}(?P<claimed_not>(?-i:{OPTION}))\W+(?:and\s+)?(?:not|rather than|instead of)\s+{_DENIED}\W*$"
    rf"|不(?:是|选)\s*{_DENIED}\W*(?:而是|而应?选|应?选|是)\s*{_claim('claimed_zh')}\W*$"
    rf"|^\W*{_THING}(?P<claimed_zh_not>(?-i:{OPTION}))\W*(?:而?不是|而非|不选)\s*{_DENIED}\W*$",
    re.IGNORECASE,
)

#: A sentence that holds an option and nothing else, or goes on to say why.
ALONE = re.compile(
    rf"^\W*(?:(?:no|yes|well|ok|okay|sure|so|thus|therefore|hence)\W+|(?:所以|因此|故|那么?|那就|当然)\W*)?{_SURELY}{_THING}(?P<claimed>(?-i:{OPTION}))(?:选?项|吧)?"
    r"(?:[\s.;:!()\[\]}。—-]*$|\s*,?\s*(?:because\b|since\b|due to\b|因为))",
    re.IGNORECASE,
)

_BEFORE = re.compile(
    r"\b(?:not|never|no|nobody|none|neither|nor|cannot|\w+n't|unable|refuse|decline|doubt|deny|unlikely|hardly|wrong|incorrect|false|"
    r"avoid|except|worse|worst|than|instead of|if|whether|unless|when|suppose|were|some|many|most|people|others|they|he|she|"
    r"you|user|said|says?|claims?|thinks?(?<!\bI think))\b"
    r"|[不没無无别勿未非错]|拒绝|除了|如果|假如|要是|若|是否|人|大家|他|她|你",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?:if|unless)\b|^\W*(?:is |are )?(?:wrong|incorrect)\b|^\W*(?:as|for) (?:the|an?)\b|如果|的话|吗|是错|[?]",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile(
    r"\b(?:there is no doubt that|no doubt|without (?:a )?doubt)\b|毫无疑问|无疑|毫不犹豫|非常|特别", re.IGNORECASE
)


def is_taken_back(before: str, after: str) -> bool:
    """Whether the words of a clause around a saying deny it, make it somebody else's, or leave it open."""
    return bool(_BEFORE.search(_NO_DENIAL.sub("", before)) or _AFTER.search(after))
