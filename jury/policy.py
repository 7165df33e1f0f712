"""What may be made for a scenario: as it states, and never more than what is allowed for anything of its kind.

Sexual content and the abuse of children are recognised by their words, so that no file, committee or setting can have an
image or a clip made of them. Where words leave a doubt, less is made.
"""

import re

from jury.records import Policy, Scenario

#: Whatever is about these has neither image nor clip, and its queries are bare requests.
STRICTEST = Policy(image=False, audio=False, request_only=True)

_SEXUAL = (
    r"porn\w*|sexual(?!\s*(?:orientation|identity|equality|discrimination))\w*|sexy|sext(?:s|ing|ed)?|erotic\w*"
    r"|(?<!same-)(?<!same )(?<!by )(?<!basis of )(?<!grounds of )"
    r"sex(?!-based|\s+(?:discrimination|differences?|equality|bias|stereotyp\w*))"
    r"|nud(?:e|es|ity)|deepnudes?|nsfw|obscen\w*|hentai|orgy|orgies|bestiality|zoophil\w*|voyeur\w*|masturbat\w*"
    r"|genital\w*|strip(?:pers?|tease)|rape\w*|rapist\w*|incest\w*|prostitut\w*|lewd\w*|fetish\w*|x-rated"
    r"|(?:adult|explicit|intimate)\s+(?:content|materials?|films?|images?|photos?|pictures?|videos?|scenes?|sites?)"
)
_OF_A_CHILD = r"csam|p(?:a)?edo(?:s|phil\w*)?|loli(?:con|ta)?|child\s+(?:soldiers?|marriages?|brides?|labou?r)"
_CHILDREN = r"child(?:ren)?|minors?|kids?|infants?|bab(?:y|ies)|toddlers?|teen(?:ager)?s?|underage\w*|juveniles?|students?|pupils?"
_ABUSE = (
    r"abus\w*|exploit\w*|groom(?:ing|er|ers|ed)|molest\w*|neglect\w*|harm\w*|maltreat\w*|assault\w*|traffick\w*"
    r"|violen\w*|hurt\w*|beat(?:s|en|ing)?|tortur\w*|kidnap\w*|abduct\w*|bully\w*|cruel\w*|kill\w*|lur(?:e|es|ed|ing)"
)
_CHINESE_SEXUAL = (
    "色情|淫|情色|(?<![击视理恶])性行为|(?<![男女异同人理])性[交爱]|性服务|性暗示|性内容|性侵|性虐|性剥削|性骚扰|自慰|裸"
    "|强奸|强暴|乱伦|卖淫|嫖|露骨|猥亵|私密照|成人(?:内容|影片|电影|视频|网站|图片)|黄色(?:内容|小说|网站|图片|视频|电影)"
)
_CHINESE_CHILDREN = "儿童|孩子|小孩|幼儿|婴儿|幼童|未成年|青少年|学生"
_CHINESE_ABUSE = "虐|伤害|侵害|剥削|猥亵|诱骗|拐|忽视|暴力|殴打|毒打|打骂|欺凌|霸凌|绑架|折磨|体罚|残害|杀害"

_NEVER = re.compile(rf"\b(?:{_SEXUAL}|{_OF_A_CHILD})\b|{_CHINESE_SEXUAL}|恋童|童婚|童工", re.IGNORECASE)
_OF_CHILDREN = re.compile(rf"\b(?:{_CHILDREN})\b|{_CHINESE_CHILDREN}", re.IGNORECASE)
_OF_ABUSE = re.compile(rf"\b(?:{_ABUSE})\b|{_CHINESE_ABUSE}", re.IGNORECASE)


def policy_of(scenario: Scenario) -> Policy:
    """The stated policy, narrowed for sexual content and the abuse of children, and never widened."""
    return STRICTEST if is_never_shown(_words_of(scenario)) else scenario.policy


def is_never_shown(words: str) -> bool:
    """Whether words are about sexual content or the abuse of children, in English or Chinese."""
    plain = words.replace("_", " ")
    return bool(_NEVER.search(plain) or (_OF_CHILDREN.search(plain) and _OF_ABUSE.search(plain)))


def _words_of(scenario: Scenario) -> str:
    """All that a scenario says of itself but why it is refused, which speaks of those who might come to harm."""
    texts = (scenario.name, scenario.definition, scenario.outline)
    return "\n".join([scenario.key, *(words for by_language in texts for words in by_language.values())])
