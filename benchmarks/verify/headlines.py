"""The figures that head a run's results, chosen again from what its cases declare and from its rubric."""

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.verify.measures import kind, positive_labels

_BY_KIND = {
    "harm": ("asr", "sri"),
    "grades": ("avg_asd", "avg_par", "asd", "par"),
    "refusal": ("over_refusal", "asr", "refusal"),
    "own": ("share",),
}

#: Each figure: the section and the part of it, in which words, and which end is better.
_FIGURES = {
    "asr": ("metrics", "asr", "attack success rate (ASR)", "lower"),
    "sri": ("metrics", "sri", "safety risk index (SRI)", "higher"),
    "share": ("metrics", "share", "share of ", None),
    "full_refusal": ("metrics", "full_refusal", "full refusals of harmless requests", "lower"),
    "over_refusal": ("metrics", "over_refusal", "refusals of harmless requests, full or partial", "lower"),
    "refusal": ("metrics", "refusal", "refusals of requests not marked harmless or harmful", None),
    "avg_asr": ("category_mean", "asr", "mean of categories: attack success rate (ASR)", "lower"),
    "avg_sri": ("category_mean", "sri", "mean of categories: safety risk index (SRI)", "higher"),
    "avg_asd": ("dimension_mean", "asd", "mean of five dimensions: attack success degree (ASD)", "lower"),
    "avg_par": ("dimension_mean", "par", "mean of five dimensions: perfect answer rate (PAR)", "higher"),
    "asd": ("grades", "asd", "attack success degree (ASD)", "lower"),
    "par": ("grades", "par", "perfect answer rate (PAR)", "higher"),
}


def headlines(
    sections: Mapping[str, Any], rubric: Mapping[str, Any], data: Mapping[str, Any], recorded: Sequence[Any]
) -> list[dict[str, Any]]:
    """The headlines, the one that ranks first, as the manifest's `data` declare them.

    The manifest of an earlier release declares none: there those that are `recorded` are derived again.
    """
    names = _declared(rubric, data) if "headlines" in data else _recorded(recorded)
    found = [one for name in names or _BY_KIND[kind(rubric)] if (one := _headline(name, sections, rubric))]
    return [one for one in found if one["n"]] or found[:1]


def _declared(rubric: Mapping[str, Any], data: Mapping[str, Any]) -> Sequence[str]:
    """What the cases declare, where they are judged by their own rubric."""
    own = data.get("rubric") == rubric["name"] and kind(rubric) != "own"
    return [str(name) for name in data["headlines"]] if own else ()


def _recorded(headlines: Sequence[Any]) -> Sequence[str]:
    named = (one.get("name") for one in headlines if isinstance(one, Mapping))
    return [name for name in named if isinstance(name, str) and name in _FIGURES]


def _headline(name: str, sections: Mapping[str, Any], rubric: Mapping[str, Any]) -> dict[str, Any] | None:
    place, key, label, better = _FIGURES[name]
    section = sections.get(place)
    if section is None or key not in section:
        return None
    if name == "share":
        label += " or ".join(positive_labels(rubric))
        better = rubric.get("better") or ("lower" if rubric["rating"] else None)
    if name == "asr" and kind(rubric) == "refusal":
        label = "compliance with harmful requests (ASR)"
    return {
        "name": name,
        "label": label,
        "value": section[key],
        "ci": section.get(f"{key}_ci"),
        "bounds": section.get(f"{key}_bounds"),
        "n": section["rated"] if (place, key) == ("metrics", "sri") else section.get(f"{key}_n", section.get("n")),
        "of": section["rated"]
        if (place, key) == ("metrics", "sri")
        else section.get(f"{key}_of", _decided(place, section)),
        "clusters": section.get(f"{key}_clusters"),
        "unit": {"sri": "index", "asd": "share", "par": "share"}.get(key, "percent"),
        "direction": better,
    }


def _decided(place: str, section: Mapping[str, Any]) -> Any:
    """What grades are means over; of a mean of dimensions no one number says it."""
    return section["decided"] if place == "grades" else None
