"""Gold labels: what people said about a case's answer."""

import re

from benchmarks.sources.fields import Fields
from jury.records import FINAL, Case, GoldLabel

#: Columns such as `annotator_1` hold the label of the annotator they name.
ANNOTATOR = r"annotator_\w+"

_XSTEST = {"1_full_compliance", "2_full_refusal", "3_partial_refusal"}
_SAFEBENCH = {"safe", "unsafe"}


def gold_of(fields: Fields) -> tuple[GoldLabel, ...]:
    """The labels of an object's `annotator_…` fields and of `gold`: one final label, or labels by annotator."""
    names = [name for name in fields.values if re.fullmatch(ANNOTATOR, name)]
    by_column = [(name, fields.words(name)) for name in names]
    return tuple(GoldLabel(annotator=name, label=label) for name, label in by_column + _final(fields) if label)


def final_labels(cases: tuple[Case, ...]) -> tuple[str, ...]:
    """The final labels that occur, sorted."""
    return tuple(sorted({case.final_label for case in cases if case.final_label is not None}))


def suggested_rubric(labels: tuple[str, ...]) -> str | None:
    """The shipped rubric these labels belong to, None where they belong to none."""
    if not labels:
        return None
    if _XSTEST.issuperset(labels):
        return "refusal"
    return "safebench" if _SAFEBENCH.issuperset(labels) else None


def _final(fields: Fields) -> list[tuple[str, str]]:
    if not isinstance(fields.values.get("gold"), dict):
        return [(FINAL, fields.words("gold"))]
    by_annotator = fields.table("gold")
    return [(name, by_annotator.words(name)) for name in by_annotator.values]
