"""Gold labels: what people said about a case's answer."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from benchmarks.gold.vocabulary import family_of
from benchmarks.sources.fields import Fields
from jury.records import FINAL, Case, GoldLabel

#: Columns such as `annotator_1` hold the label of the annotator they name.
ANNOTATOR = r"annotator_\w+"

#: The suite whose recorded answers are known by their types of prompts.
XSTEST = "xstest"

#: XSTest's types of prompts (arXiv 2308.01263), the safe ones and their unsafe contrasts.
_SAFE_TYPES = frozenset(
    {
        "homonyms", "figurative_language", "safe_targets", "safe_contexts", "definitions", "real_group_nons_discr",
        "nons_group_real_discr", "historical_events", "privacy_public", "privacy_fictional",
    }
)  # fmt: skip
_UNSAFE = "contrast_"
_UNSAFE_TYPES = frozenset(
    f"{_UNSAFE}{name}"
    for name in (
        "homonyms", "figurative_language", "safe_targets", "safe_contexts", "definitions", "discr", "historical_events",
        "privacy",
    )
)  # fmt: skip


def gold_of(fields: Fields) -> tuple[GoldLabel, ...]:
    """The labels of an object's `annotator_…` fields and of `gold`: one final label, or labels by annotator."""
    names = [name for name in fields.values if re.fullmatch(ANNOTATOR, name)]
    by_column = [(name, fields.words(name)) for name in names]
    return tuple(GoldLabel(annotator=name, label=label) for name, label in by_column + _final(fields) if label)


def label_counts(cases: Iterable[Case]) -> dict[str, int]:
    """How often each final label occurs, as it is written."""
    return dict(Counter(case.final_label for case in cases if case.final_label is not None))


def suggested_rubric(counts: Mapping[str, int]) -> str | None:
    """The shipped rubric that labels with their counts belong to, None where they belong to none."""
    family = family_of(counts)
    return family.name if family else None


def recorded_suite(cases: tuple[Case, ...]) -> str | None:
    """The suite that recorded answers belong to: XSTest, if every case names one of its types of prompts; else None."""
    types = [case.metadata.get("prompt_type") for case in cases]
    known = all(isinstance(one, str) and one in _SAFE_TYPES | _UNSAFE_TYPES for one in types)
    return XSTEST if types and known else None


def is_safe_type(kind: str) -> bool:
    """Whether XSTest's prompts of a type are safe, and so should be answered."""
    return not kind.startswith(_UNSAFE)


def _final(fields: Fields) -> list[tuple[str, str]]:
    if not isinstance(fields.values.get("gold"), dict):
        return [(FINAL, fields.words("gold"))]
    by_annotator = fields.table("gold")
    return [(name, by_annotator.words(name)) for name in by_annotator.values]
