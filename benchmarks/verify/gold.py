"""What people's labels mean in a run, and what the results say of them, derived again."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.verify.documents import digest
from benchmarks.verify.reading import MANIFEST, Documents
from benchmarks.verify.report import Finding, shown
from benchmarks.verify.run import Run

#: A label that chooses nothing.
ABSTAIN = "abstain"

#: So many labels without a meaning are listed.
_LISTED = 20


@dataclass(frozen=True)
class Gold:
    """The final labels by case, and which choice, or `abstain`, each means as it is written."""

    labels: Mapping[str, str]
    meanings: Mapping[str, str]
    stated: bool

    def truth(self, case: str) -> str | None:
        """The choice that a case's label means."""
        meaning = self.meanings.get(self.labels.get(case, ""))
        return None if meaning == ABSTAIN else meaning

    def section(self, cases: Mapping[str, Any], rubric: Mapping[str, Any]) -> dict[str, Any] | None:
        """The section of the results on some cases; nothing without labels, or where an earlier release wrote them."""
        final = {case: self.labels[case] for case in cases if case in self.labels}
        if not final or not self.stated:
            return None
        counted = Counter(final.values())
        by_meaning = {choice: _rows(counted, self.meanings, choice) for choice in (*rubric["choices"], ABSTAIN)}
        unknown = {label: times for label, times in counted.items() if label not in self.meanings}
        abstained = sum(row["count"] for row in by_meaning[ABSTAIN])
        return {
            "sha256": digest(final),
            "labelled": len(final),
            "counted": sum(row["count"] for rows in by_meaning.values() for row in rows) - abstained,
            "abstained": abstained,
            "ignored": sum(unknown.values()),
            "labels": [{**row, "means": choice} for choice, rows in by_meaning.items() for row in rows],
            "unknown": [{"label": label, "count": unknown[label]} for label in _sorted(unknown)[:_LISTED]],
        }


def gold_of(run: Run, documents: Documents) -> Gold:
    """The labels of a run and their meanings. People's labels are of recorded answers: a target's have none."""
    if run.manifest["target"] is not None or "answers" in run.manifest:
        return Gold({}, {}, stated=False)
    labels = {}
    for case_id, case in run.cases.items():
        given = documents.gold.get(case_id, case.get("gold", ()))
        final = next((one["label"] for one in given if one["annotator"] == "gold"), None)
        if final is not None:
            labels[case_id] = str(final)
    rubric, told = run.bench.rubric, documents.manifest.get("gold")
    exact = {**rubric["aliases"], **{choice: choice for choice in rubric["choices"]}}
    return Gold(labels, exact if told is None else told, stated=told is not None)


def meaning_findings(run: Run, documents: Documents) -> Iterator[Finding]:
    """The labels that the manifest takes for another choice than the rubric does."""
    rubric = run.bench.rubric
    exact = {**rubric["aliases"], **{choice: choice for choice in rubric["choices"]}}
    known = {label.casefold(): choice for label, choice in exact.items()}
    stated = documents.manifest.get("gold")
    for label, meaning in stated.items() if isinstance(stated, dict) else ():
        own = known.get(label.strip().casefold(), meaning)
        if meaning != own or meaning not in {*rubric["choices"], ABSTAIN}:
            yield Finding(
                f"{MANIFEST} gold.{shown(label, 60)}", "is taken for another choice", shown(meaning), shown(own)
            )


def _rows(counted: Mapping[str, int], meanings: Mapping[str, str], choice: str) -> list[dict[str, Any]]:
    named = {label: times for label, times in counted.items() if meanings.get(label) == choice}
    return [{"label": label, "count": named[label]} for label in _sorted(named)]


def _sorted(counted: Mapping[str, int]) -> list[str]:
    return sorted(counted, key=lambda label: (-counted[label], label))
