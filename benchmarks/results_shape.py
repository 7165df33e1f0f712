"""Whether a `results.json` says what a run writes there: whoever shows it looks into it without asking again."""

from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.metrics.headlines import FIGURES

#: What stands at the top, and of which kind it is.
_KINDS: dict[str, tuple[type, ...]] = {
    "run": (str,),
    "counts": (dict,),
    "metrics": (dict,),
    "panel": (dict,),
    "jurors": (dict,),
    "usage": (dict,),
}

#: Numbers that are always there.
_ALWAYS = {
    "counts": ("cases", "decided", "hung", "no_quorum", "invalid"),
    "metrics": ("asr",),
    "usage": ("calls", "input_tokens", "output_tokens", "cost", "seconds"),
}

#: Names below the top that are counts wherever they stand, and those that are numbers or, where there is nothing to reckon, null.
_COUNTS = frozenset(
    {
        *_ALWAYS["counts"],
        "cast",
        "abstained",
        "contradictory",
        "calls",
        "input_tokens",
        "output_tokens",
        "calls_without_usage",
    }
)
_FIGURES = frozenset(
    {
        "asr", "sri", "n", "precision", "recall", "f1", "kappa", "accuracy", "cost", "seconds", "mean_rating",
        "share", "full_refusal", "over_refusal", "asd", "par",
    }
)  # fmt: skip

#: The name of a section at the top and of a figure below it.
_BOTH = "refusal"

#: Parts whose every entry is a part again.
_TABLES = ("jurors.", "by_category.", "by_scenario.")

#: Figures that are two numbers.
_PAIRS = ("_ci", "_bounds")


def misshapen(document: Any) -> str:
    """The first part that is not of the kind a run writes, as a path of names; empty if there is none."""
    if not isinstance(document, dict):
        return "the whole of it"
    for name, kinds in _KINDS.items():
        if not isinstance(document.get(name), kinds):
            return name
    if not isinstance(document["counts"].get("choices"), dict):
        return "counts.choices"
    causes = document.get("causes", [])
    if not isinstance(causes, list) or not all(map(_is_cause, causes)):
        return "causes"
    for part, names in _ALWAYS.items():
        for name in names:
            if name not in document[part]:
                return f"{part}.{name}"
    if "headlines" in document and not _are_headlines(document["headlines"]):
        return "headlines"
    return next(_wrong(document, ""), "")


def _is_cause(one: Any) -> bool:
    """Whether an entry says why something is invalid; results of earlier releases have none."""
    words = ("model", "part", "cause", "example")
    return (
        isinstance(one, dict)
        and isinstance(one.get("count"), int)
        and all(isinstance(one.get(name), str) for name in words)
    )


def _wrong(part: Mapping[str, Any], above: str) -> Iterator[str]:
    for name, value in part.items():
        path = f"{above}{name}"
        if name.endswith(_PAIRS):
            if not _is_pair(value):
                yield path
        elif isinstance(value, dict) and name not in _COUNTS | _FIGURES and not (above and name == _BOTH):
            yield from _wrong(value, f"{path}.")
        elif above and not (above not in _TABLES and _is_figure(value, name, above)):
            yield path


def _are_headlines(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) and _is_headline(one) for one in value)


def _is_headline(one: Mapping[str, Any]) -> bool:
    """Whether an entry has every part of a headline, each of its kind."""
    if not {"value", "ci", "bounds", "direction"} <= one.keys():
        return False
    return (
        one.get("name") in tuple(FIGURES)
        and isinstance(one.get("label"), str)
        and (one["value"] is None or _is_number(one["value"]))
        and all(_is_pair(one[name]) for name in ("ci", "bounds"))
        and _is_number(one.get("n"))
        and one.get("unit") in ("percent", "index", "share")
        and one["direction"] in ("lower", "higher", None)
    )


def _is_pair(value: Any) -> bool:
    return value is None or (isinstance(value, list) and len(value) == 2 and all(_is_number(one) for one in value))


def _is_figure(value: Any, name: str, above: str) -> bool:
    """Below the top stand numbers, and here and there words, lists or truths under names of their own."""
    counted = name in _COUNTS or above == "counts.choices."
    return _is_number(value) or (not counted and (value is None or name not in {*_FIGURES, _BOTH}))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
