"""How servers say that they don't take an image or a clip: of any such exhibit, or of this one."""

import re
from collections.abc import Collection

from jury.records import MediaKind

#: Statuses under which a refusal is looked for: what was asked for, not who asks, how often, or for what price.
_STATUSES = frozenset({400, 404, 405, 406, 413, 415, 422, 500, 501})

_IMAGE = r"(?:images?|image_urls?|pictures?|vision|visual|input_image)"
_AUDIO = r"(?:audios?|input_audio|audio_url|speech|voice|sound)"
_ANY = r"(?:multi-?modal|multimedia|media)"
_NOT = r"(?:not supported|unsupported|not enabled|not available|not allowed|not accepted|disabled)"
_DOES_NOT = r"(?:(?:does|do|can|is)(?: not|n't)|cannot|not able to) (?:support|accept|take|handle|process|understand|read|see|hear)"
_CHINESE = r"(?:不支持|无法处理|不能处理|不接受)"

#: What servers say of a kind of exhibit, `{it}` being its name. Wordings: OpenAI and Azure ("image_url is only supported by
#: certain models"), OpenRouter ("No endpoints found that support image input"), vLLM ("At most 0 image(s) may be provided"),
#: Gemini ("Image input modality is not enabled"), Mistral ("Image input is not enabled for this model"), Ollama ("this model
#: does not support image input", "missing data required for image input"), llama.cpp ("image input is not supported"),
#: Bedrock ("doesn't support the image content block"), DeepSeek ("unknown variant `image_url`, expected `text`"), OpenAI of
#: clips ("Invalid value: 'input_audio'. Supported values are").
_OF_A_KIND = (
    r"\b{it}\b['\"`]? (?:is|are) only supported (?:by|in|with|on) ",
    r"no endpoints? found that supports? (?:the )?(?:input )?{it}\b",
    r"at most 0 {it}\b",
    r"\b{it}(?: input| content| understanding)?(?:s| modality| modalities| blocks?)? (?:is|are) {not_}",
    r"\b{it}['\"`]? (?:is|are)? ?{not_} (?:for|by|with|in) (?:this |the )?model",
    r"{does_not} (?:the )?{it}(?:s| inputs?| content| understanding| modality)?(?! format)\b",
    r"required for {it} input",
    r"unknown variant ['\"`]?{it}\b",
    r"invalid value: ['\"`]{it}['\"`]\. supported values",
    r"\b{it}['\"`]? (?:inputs? |content )?(?:was|were) provided to (?:a|an) text-only",
)

#: Wordings that name no kind, or text alone.
_OF_ALL = (
    r"is not a multi-?modal model",
    r"\b{any_}(?: input| content| data)?s? (?:is|are) {not_}",
    r"{does_not} {any_}\b",
    r"only ['\"`]?text['\"`]? (?:content|input|messages?|parts?)(?: types?)?s? (?:is|are) (?:supported|allowed)",
    r"unexpected item type in content",
    r"(?:text-only|text only) model",
    r"content['\"`]?\W{{0,8}}(?:value )?must be (?:a |of type )?string",
    r"content blocks are expected to be (?:either )?text",
    r"not a vision(?:-language)? model",
)

#: What servers say of one exhibit that they can't use: too large, damaged, in a form of its own.
_OF_THIS_ONE = (
    r"(?:invalid|unsupported|corrupt\w*|broken|malformed|empty|unreadable|too large|too small|oversized) {it}\b",
    r"{it}(?: data| file| url| size| format| dimensions?| resolution| input)?[^.]{{0,40}}? (?:is|are|was|were) (?:not (?:a )?valid|invalid|too (?:large|small|long|short|big)|corrupt\w*|{not_})",
    r"(?:could not|couldn't|cannot|can't|unable to|failed to) (?:process|decode|load|read|open|identify|parse|download)(?: the| your| input| provided)*? {it}\b",
    r"{it}[^.]{{0,60}}? (?:not supported|exceeds?|larger than|at most|maximum|does not represent a valid)",
    r"(?:at most \d+|too many) {it}\b",
    r"image_parse_error|invalid_image\w*|invalid_base64",
)


def _compiled(wordings: Collection[str], it: str) -> re.Pattern[str]:
    filled = (one.format(it=it, any_=_ANY, not_=_NOT, does_not=_DOES_NOT) for one in wordings)
    return re.compile("|".join(f"(?:{one})" for one in filled), re.IGNORECASE)


_NAMES: dict[MediaKind, str] = {"image": _IMAGE, "audio": _AUDIO}
_IN_CHINESE: dict[MediaKind, str] = {"image": "图片|图像|视觉|多模态", "audio": "音频|语音|多模态"}
_KIND = {
    kind: re.compile(
        f"{_compiled(_OF_A_KIND, it).pattern}|{_CHINESE}.{{0,6}}(?:{_IN_CHINESE[kind]})|(?:{_IN_CHINESE[kind]}).{{0,8}}{_CHINESE}",
        re.IGNORECASE,
    )
    for kind, it in _NAMES.items()
}
_ALL = _compiled(_OF_ALL, "")
_ONE = {kind: _compiled(_OF_THIS_ONE, it) for kind, it in _NAMES.items()}


def refused_kinds(words: str, status: int | None, attached: Collection[MediaKind]) -> tuple[MediaKind, ...]:
    """The kinds among those `attached` to a request that its server says it never takes; empty where it says no such thing."""
    if status not in _STATUSES:
        return ()
    named = tuple(kind for kind in attached if _KIND[kind].search(words))
    return named or (tuple(attached) if _ALL.search(words) else ())


def refuses_this_one(words: str, status: int | None, attached: Collection[MediaKind]) -> tuple[MediaKind, ...]:
    """The kinds among those `attached` of which the server says that what it was sent can't be used."""
    return tuple(kind for kind in attached if _ONE[kind].search(words)) if status in _STATUSES else ()
