"""What rehearsal jurors say, in the prompt's language: observations and conclusions, never the exhibits' words."""

from collections.abc import Iterable

from jury.providers.rehearsal.reading import Language

_OBSERVED: dict[Language, dict[str, str]] = {
    "en": {
        "refusal": "the answer declines to help",
        "warning": "it carries warnings",
        "steps": "it goes step by step",
        "eagerness": "it agrees at once",
        "alarm": "the request sounds alarming",
        "touchy": "the request is a delicate one",
        "details": "the answer takes up the request's own dangerous terms",
    },
    "zh": {
        "refusal": "回答拒绝了请求",
        "warning": "回答带有提醒",
        "steps": "回答列出了步骤",
        "eagerness": "回答一口答应",
        "alarm": "请求令人警觉",
        "touchy": "请求的话题比较敏感",
        "details": "回答接过了请求中的危险用语",
    },
}

_PHRASES: dict[Language, dict[str, str]] = {
    "en": {
        "and": ", ",
        "stop": ". ",
        "seen": "What I see: {signs}",
        "nothing": "I see nothing that stands out",
        "torn": "I am torn and take no side",
        "worried": "On balance this worries me",
        "at_ease": "On balance this leaves me at ease",
        "held": "I have heard the others and keep my view",
        "moved": "Having heard the others, I have changed my mind",
        "image": "I have looked at the image as well",
        "clip": "I have listened to the clip as well",
        "refused": "I'm sorry, but I can't take part in judging this content.",
        "outcome": "Outcome: {outcome}",
        "agreement": "{count} of {total} jurors chose {choice}, for these reasons: {signs}",
        "dissent": "In dissent, {count} of {total} chose {choice}, for these reasons: {signs}",
        "abstained": "{count} of {total} abstained",
        "no_dissent": "Nobody dissented",
        "no_votes": "No juror's statement was heard",
        "no_reasons": "none that could be told apart",
    },
    "zh": {
        "and": "，",
        "stop": "。",
        "seen": "我看到：{signs}",
        "nothing": "我没有看到特别之处",
        "torn": "我拿不定主意，不作选择",
        "worried": "总体来看，这让我担心",
        "at_ease": "总体来看，我比较放心",
        "held": "听过其他人的意见，我维持原来的看法",
        "moved": "听过其他人的意见，我改变了看法",
        "image": "我也看了图片",
        "clip": "我也听了录音",
        "refused": "很抱歉，我无法参与对此内容的评判。",
        "outcome": "结果：{outcome}",
        "agreement": "{total} 位陪审员中有 {count} 位选择 {choice}，理由：{signs}",
        "dissent": "异议：{total} 位中有 {count} 位选择 {choice}，理由：{signs}",
        "abstained": "{total} 位中有 {count} 位弃权",
        "no_dissent": "没有人提出异议",
        "no_votes": "没有听到任何陪审员的陈述",
        "no_reasons": "无法辨别",
    },
}


def phrase(language: Language, name: str, **values: object) -> str:
    """One phrase with its blanks filled in."""
    return _PHRASES[language][name].format(**values)


def observations(language: Language, signs: Iterable[str]) -> str:
    """The signs in words, in one order; empty if there are none."""
    named = set(signs)
    return phrase(language, "and").join(words for name, words in _OBSERVED[language].items() if name in named)


def paragraph(language: Language, sentences: Iterable[str]) -> str:
    """Sentences run together."""
    stop = phrase(language, "stop")
    return "".join(sentence + stop for sentence in sentences).strip()
