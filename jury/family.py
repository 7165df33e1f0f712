"""Model families: a juror does not judge its own kind unless asked to."""

import re
from collections.abc import Iterable

from jury.errors import InputError
from jury.records import Panel

#: What a model's name must hold to belong to a family.
_FAMILIES = {
    "GPT": r"\bgpt|\bo[134](-|$)|chatgpt",
    "Claude": r"claude",
    "Gemini": r"gemini|gemma|palm",
    "Llama": r"llama(?!cpp)|llava",
    "Qwen": r"qwen|qwq",
    "Mistral": r"mistral|mixtral|pixtral|ministral",
    "DeepSeek": r"deepseek",
    "InternLM": r"internlm|internvl",
    "GLM": r"\bglm|chatglm|cogvlm",
    "Phi": r"\bphi-",
    "SmolLM": r"smollm|smolvlm|idefics",
}


def family(model: str) -> str | None:
    """The family of a model by its name, None where the name does not tell. Offline providers have none."""
    if model.startswith(("rehearsal/", "recorded/", "human/", "guardrank/")):
        return None
    return next((name for name, pattern in _FAMILIES.items() if re.search(pattern, model, re.IGNORECASE)), None)


def kin(panel: Panel, targets: Iterable[str]) -> list[tuple[str, str]]:
    """The pairs (juror's model, target) that are of one family, each once, sorted; who holds an office counts too."""
    families = {(target, family(target)) for target in targets}
    return sorted(
        {
            (juror.model, target)
            for juror in (*panel.seats, *panel.officers.values())
            for target, its_family in families
            if its_family is not None and its_family == family(juror.model)
        }
    )


def check_families(panel: Panel, targets: Iterable[str]) -> None:
    """Raise `InputError` where a juror would judge its own family and the panel does not ask for it."""
    related = kin(panel, targets)
    if related and not panel.same_family:
        juror, target = related[0]
        raise InputError(
            f"juror {juror!r} is of the family of target {target!r}; seat another model, or set "
            "`same_family: true` in the panel's file to let it sit, flagged"
        )
