"""What a case's final label means in a run, by what the run's manifest says of every label."""

from collections.abc import Mapping
from typing import Any

from jury.labels import ABSTAIN
from jury.records import Case, Rubric

#: The part of a manifest that says which choice, or `abstain`, each gold label means as it is written.
PART = "gold"


def choice_meant(case: Case, meanings: Mapping[str, str]) -> str | None:
    """The choice that a case's final label means; None where it has none, or its label means no choice."""
    meaning = None if case.final_label is None else meanings.get(case.final_label)
    return None if meaning == ABSTAIN else meaning


def meanings_in(manifest: Mapping[str, Any], rubric: Rubric) -> Mapping[str, str]:
    """What labels mean in a run: nothing where its answers are not those that people labelled.

    Runs of earlier releases know the labels that are written exactly as the rubric's choices and aliases.
    """
    if manifest["target"] or "answers" in manifest:
        return {}
    known = manifest.get(PART)
    return known if known is not None else {**rubric.aliases, **{choice: choice for choice in rubric.choices}}
