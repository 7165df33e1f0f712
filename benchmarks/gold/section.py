"""What a run's results say of the gold labels that its figures rest on."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from jury.hashing import sha256_of_json
from jury.labels import ABSTAIN, label_key
from jury.records import Rubric

Section = dict[str, Any]

#: So many labels that mean nothing are listed.
LISTED = 20


def gold_section(labels: Mapping[str, str | None], meanings: Mapping[str, str], rubric: Rubric) -> Section | None:
    """The hash of the final labels, how many count, what each was taken for, and what was left out; None without labels.

    `labels` are those of judged cases by id. `meanings` says which choice, or `abstain`, a label means as it is written;
    abstentions and labels without a meaning are no truth.
    """
    final = {case: label for case, label in labels.items() if label is not None}
    if not final:
        return None
    counted = Counter(final.values())
    unknown = {label: count for label, count in counted.items() if label not in meanings}
    abstained = sum(count for label, count in counted.items() if meanings.get(label) == ABSTAIN)
    return {
        "sha256": sha256_of_json(final),
        "labelled": len(final),
        "counted": len(final) - abstained - sum(unknown.values()),
        "abstained": abstained,
        "ignored": sum(unknown.values()),
        "labels": [
            {"label": label, "means": choice, "count": counted[label]}
            for choice in (*rubric.choices, ABSTAIN)
            for label in _in_order(counted)
            if meanings.get(label) == choice
        ],
        "unknown": [{"label": label, "count": unknown[label]} for label in _in_order(unknown)[:LISTED]],
    }


def sentences_of(section: Mapping[str, Any] | None, rubric: Rubric, *, sides: bool = True) -> tuple[str, ...]:
    """What a reader must know of the labels before quoting a figure against them; nothing where all is as it seems.

    Which labels stand for the positive side and which for the other, unless a rubric of two choices is labelled in its own
    words; and how many labels are left out. Without `sides` there is no figure of a positive side.
    """
    if not section:
        return ()
    found = []
    rows = [row for row in section["labels"] if row["means"] != ABSTAIN]
    reduced = len(rubric.choices) > 2 or any(label_key(row["label"]) != label_key(row["means"]) for row in rows)
    if sides and reduced:
        found_or_not = [[row for row in rows if (row["means"] in rubric.positives) is side] for side in (True, False)]
        positive, other = map(_named, found_or_not)
        found.append(
            f"Precision, recall and F1 take the labels {positive} for {' or '.join(rubric.positives)}, and {other} for the "
            "other side."
        )
    if section["ignored"]:
        more = "" if len(section["unknown"]) < LISTED else ", …"
        found.append(f"Left out: {_number(section['ignored'])} without a meaning: {_named(section['unknown'])}{more}.")
    if section["abstained"]:
        words = _named(row for row in section["labels"] if row["means"] == ABSTAIN)
        found.append(f"Left out: {_number(section['abstained'])} of abstention: {words}.")
    return tuple(found)


def rate_sentences(panel: Mapping[str, Any], rubric: Rubric) -> tuple[str, ...]:
    """How much people's labels put on the positive side, beside what the panel found on the same cases; nothing without labels."""
    if panel.get("gold_prevalence") is None:
        return ()
    side = " or ".join(rubric.positives)
    people, jury = (_percent(panel, f"{who}_prevalence") for who in ("gold", "found"))
    found = f"the jury finds {jury} of those that it decided" if jury else "the jury decided none of them"
    return (f"People's labels say {side} of {people} of the {panel['n']:,} labelled cases; {found}.",)


def _percent(panel: Mapping[str, Any], name: str) -> str:
    value, interval = panel.get(name), panel.get(f"{name}_ci")
    if value is None:
        return ""
    within = " [{:.1f}, {:.1f}]".format(*(100 * end for end in interval)) if interval else ""
    return f"{100 * value:.1f} %{within}"


def _number(labels: int) -> str:
    return f"{labels:,} label{'' if labels == 1 else 's'}"


def _named(rows: Iterable[Mapping[str, Any]]) -> str:
    return ", ".join(f"{row['label']} ({row['count']:,})" for row in rows) or "none"


def _in_order(counts: Mapping[str, int]) -> list[str]:
    return sorted(counts, key=lambda label: (-counts[label], label))
