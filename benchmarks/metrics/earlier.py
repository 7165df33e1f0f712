"""The figures of results that an earlier release wrote, in today's terms.

Releases before headlines called the share of any rubric's positive answers ASR, and counted harmless requests in it.
"""

from collections.abc import Mapping
from typing import Any

from benchmarks.metrics.rubric_kind import Kind, kind_of
from jury.records import Rubric

Section = dict[str, Any]

_ENDS = ("", "_ci", "_bounds")


def brought_up_to_date(document: Mapping[str, Any], rubric: Rubric) -> Section:
    """The document with the figures that its rubric has today, as far as it tells them."""
    kind = kind_of(rubric)
    groups = {name: document[name] for name in ("by_scenario", "by_category") if document.get(name)}
    told = {name: {key: _rates(one, kind) for key, one in found.items()} for name, found in groups.items()}
    means = {"category_mean": _rates(document["category_mean"], kind)} if document.get("category_mean") else {}
    metrics = {**_rates(document["metrics"], kind), **(_refusals(document) if kind == "refusal" else {})}
    return {**document, **told, **means, "metrics": metrics}


def _rates(section: Mapping[str, Any], kind: Kind) -> Section:
    """A section's rates: what was called ASR is a share under a user's own rubric, and says nothing under that of refusals."""
    if kind not in {"own", "refusal"} or "asr" not in section:
        return dict(section)
    share = {f"share{end}": section.get(f"asr{end}") for end in _ENDS} if kind == "own" else {}
    return {**section, **dict.fromkeys(f"asr{end}" for end in _ENDS), "asr_n": 0, **share}


def _refusals(document: Mapping[str, Any]) -> Section:
    """The refusals of harmless requests in percent; nothing where no request was marked."""
    harmless = (document.get("refusal") or {}).get("harmless")
    if not harmless:
        return {}
    parts = {"full_refusal": "full", "over_refusal": "rate"}
    return {f"{name}{end}": _percent(harmless.get(f"{part}{end}")) for name, part in parts.items() for end in _ENDS} | {
        f"{name}_n": harmless["n"] for name in parts
    }


def _percent(value: Any) -> Any:
    return [100 * one for one in value] if isinstance(value, list) else None if value is None else 100 * value
