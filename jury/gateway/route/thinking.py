"""A reasoning model's thoughts, told apart from its answer where the provider has not done it.

The marks are those of the chat templates of DeepSeek, Qwen, GLM, MiniMax, Seed and others (`<think>` and its variants),
Magistral (`[THINK]`), Kimi (`◁think▷`), Command A (`<|START_THINKING|>`), Apertus (`<|inner_prefix|>`), gpt-oss (Harmony's
channels), Gemma (`<|channel>thought`) and MedGemma (`<unused94>thought`).
"""

import re
from collections.abc import Iterable

_TAG = r"(?:(?:[a-z]{2,12}[:_])?(?:think|thinking|thought|thoughts|reasoning)|antthinking)"
_THOUGHT = r"(?:think|thinking|thought|reasoning)"
_FLAGS = re.IGNORECASE | re.DOTALL

#: How many thoughts in a row are told from an answer.
_MOST_BLOCKS = 50


def _compiled(*marks: tuple[str, str]) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """How thoughts begin, and how those that began so end."""
    return tuple((re.compile(opened, _FLAGS), re.compile(closed, _FLAGS)) for opened, closed in marks)


#: How thoughts begin, and how those that began so end.
_MARKS = _compiled(
    (rf"<{_TAG}(?:\s[^<>]{{0,100}})?>", rf"</{_TAG}\s*>"),
    (r"\[THINK\]", r"\[/THINK\]"),
    (r"◁think▷", r"◁/think▷"),
    (rf"<\|(?:begin_of_|start_of_|start_)?{_THOUGHT}(?:_start|_begin)?\|>", rf"<\|(?:/|end_of_|end_){_THOUGHT}\|>|<\|{_THOUGHT}_end\|>"),
    (r"<\|inner_prefix\|>", r"<\|inner_suffix\|>"),
    (r"<\|channel\|>\s*(?:analysis|commentary)\b[^<]{0,100}<\|message\|>", r"<\|end\|>(?:\s*<\|start\|>\s*assistant)?|(?=<\|channel\|>\s*final\b)"),
    (r"<\|channel>thought\b", r"<channel\|>"),
    (r"<unused94>(?:thought\b)?", r"<unused95>"),
    (r"analysis(?=.*assistantfinal)", r"assistant(?=(?:final|analysis|commentary))"),
)  # fmt: skip

#: Marks that models make of their own accord, where a prompt asks for an object: in other answers they may be meant.
_LOOSE_TAG = (
    r"(?:think|thinking|thoughts?|reasoning|analysis|reflections?|scratch_?pad|deliberation|chain_of_thought|cot|"
    r"inner_monologue|monologue|internal|planning|plan|thought_process|thinking_process|思考|推理|分析)"
)
_LOOSE_MARKS = _compiled(
    (rf"<{_LOOSE_TAG}(?:\s[^<>]{{0,100}})?>", rf"</{_LOOSE_TAG}\s*>"),
    (rf"\[{_LOOSE_TAG}\]", rf"\[/{_LOOSE_TAG}\]"),
    (rf"```{_LOOSE_TAG}[ \t]*\n", r"\n```[ \t]*(?=\n|$)"),
    (r"<details(?:\s[^<>]{0,100})?>", r"</details\s*>"),
    (r"<!--", r"-->"),
)

#: Tokens before an answer or before thoughts that some servers leave in.
_BEFORE = re.compile(r"\s*(?:<\|(?:im_)?start\|>\s*assistant\b)?\s*", _FLAGS)
_FINAL = re.compile(
    r"\s*(?:<\|start\|>\s*assistant\s*)?<\|channel\|>\s*final\b[^<]{0,100}<\|message\|>|\s*<\|START_RESPONSE\|>|\s*<\|begin_of_solution\|>",
    _FLAGS,
)
_FINAL_BARE = re.compile(r"final")
_ENDS = ("<|return|>", "<|end|>", "<|im_end|>", "<|END_RESPONSE|>", "<|end_of_solution|>")

#: An end without a beginning, on a line of its own: some chat templates write the beginning into the prompt.
_CLOSED_ALONE = re.compile(rf"^[ \t]*(?:</{_TAG}>|\[/THINK\]|◁/think▷)[ \t]*$", re.IGNORECASE | re.MULTILINE)


def apart(text: str, *, loose: bool = False) -> tuple[str, str]:
    """Thoughts and answer, each a piece of the text. Thoughts that never end leave no answer.

    `loose` knows further marks, such as `<analysis>`, where the answer is to be an object.

    Thoughts begin the text and end at their first end mark, so that a mark which an answer or a thought quotes ends nothing
    too late; several in a row are one. An end without a beginning counts only where no brace is open before it: within an
    object it is quoted.
    """
    begun = start = _past_opening(text, 0)
    ended, blocks = start, 0
    known = (*_MARKS, *_LOOSE_MARKS) if loose else _MARKS
    while (marks := _opened(text, start, known)) is not None:
        opened, closed = marks
        begun = begun if blocks else opened
        end = closed.search(text, opened)
        if end is None or blocks == _MOST_BLOCKS:
            return text[begun:].strip(), ""
        blocks, ended, start = blocks + 1, end.start(), _past_opening(text, end.end())
        if closed.pattern.startswith("assistant") and (bare := _FINAL_BARE.match(text, start)):
            start = bare.end()
            break
    if blocks:
        return text[begun:ended].strip(), _answer(text, start)
    alone = _CLOSED_ALONE.search(text)
    if alone is not None and text.count("{", 0, alone.start()) <= text.count("}", 0, alone.start()):
        return text[: alone.start()].strip(), text[alone.end() :]
    return "", _answer(text, 0) if _FINAL.match(text) else text


def _past_opening(text: str, at: int) -> int:
    """The place after spaces and the token that opens a message."""
    found = _BEFORE.match(text, at)
    return found.end() if found else at


def _opened(
    text: str, start: int, marks: Iterable[tuple[re.Pattern[str], re.Pattern[str]]]
) -> tuple[int, re.Pattern[str]] | None:
    """Where thoughts that begin at a place begin after their mark, and how they end; None if none begin there."""
    for opened, closed in marks:
        found = opened.match(text, start)
        if found:
            return found.end(), closed
    return None


def _answer(text: str, start: int) -> str:
    """The answer without the tokens around it."""
    final = _FINAL.match(text, start)
    if final is None:
        return text[start:]
    answer = text[final.end() :]
    while (stripped := answer.rstrip()).endswith(_ENDS):
        answer = stripped[: stripped.rindex("<|")]
    return answer
