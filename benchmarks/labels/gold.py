"""Labels as tables: `gold.csv` with the labels that are settled, and a sheet with all of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from benchmarks.labels.label import Label
from jury.records import FINAL

#: The columns of `gold.csv`, which sources, GuardRank (`--labels`) and calibration read.
GOLD_COLUMNS = ("item_id", "label", "annotators", "rating")

#: The columns of the sheet with all labels.
SHEET_COLUMNS = ("item_id", "annotator", "label", "rating", "note", "blind", "at")


def settled(labels: Iterable[Label]) -> tuple[dict[str, list[Label]], list[str]]:
    """The labels of every case that people are of one mind on, by case; and the ids of those they are not.

    Where the annotator `gold` has labelled a case, that label alone is final, whatever others say.
    """
    agreed: dict[str, list[Label]] = {}
    open_cases = []
    for case, given in groupby(sorted(labels, key=lambda one: (one.case_id, one.annotator)), lambda one: one.case_id):
        said = list(given)
        counting = [one for one in said if one.annotator == FINAL] or said
        if len({one.choice for one in counting}) == 1:
            agreed[case] = counting
        else:
            open_cases.append(case)
    return agreed, open_cases


def gold_rows(agreed: Mapping[str, Sequence[Label]]) -> Iterator[dict[str, Any]]:
    """A row of `gold.csv` for every settled case; `rating` is the mean of those given."""
    for case, labels in agreed.items():
        ratings = [one.rating for one in labels if one.rating is not None]
        yield {
            "item_id": case,
            "label": labels[0].choice,
            "annotators": "; ".join(one.annotator for one in labels),
            "rating": sum(ratings) / len(ratings) if ratings else None,
        }


def sheet_rows(labels: Iterable[Label]) -> Iterator[dict[str, Any]]:
    """A row for every label."""
    for one in labels:
        yield {
            "item_id": one.case_id,
            "annotator": one.annotator,
            "label": one.choice,
            "rating": one.rating,
            "note": one.note,
            "blind": one.blind,
            "at": one.at,
        }
