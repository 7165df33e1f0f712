"""An experiment as rows of words: one for each arm, one for each comparison, one for each graded set."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.generation.published.markdown import plain_words
from benchmarks.report.naming import interval, number
from jury.committee.scoring import CRITERIA

Row = list[str]

REHEARSAL = "REHEARSAL: scripted models took part. These figures prove plumbing, never a model's safety."

ARMS = ["arm", "cases", "decided", "ASR, %", "its bounds", "SRI"]
COMPARISONS = ["second", "minus first", "figure", "difference [95 %]", "Holm p", "compared"]
GRADES = ["set", "requests", *CRITERIA, "unread"]


def arm_rows(document: Mapping[str, Any]) -> Iterator[Row]:
    """Every arm's figures; scripted ones are labelled."""
    for arm in document["arms"]:
        label = " [REHEARSAL]" if arm["rehearsal"] else ""
        low, high = arm["asr_bounds"]
        asr, sri = (f"{number(arm[name])} {interval(arm[f'{name}_ci'])}".rstrip() for name in ("asr", "sri"))
        bounds = f"{number(low)} – {number(high)}"
        yield [arm["name"] + label, f"{arm['n']:,}", f"{arm['decided']:,}", asr, bounds, sri]


def comparison_rows(document: Mapping[str, Any]) -> Iterator[Row]:
    """Every comparison, of every figure."""
    for one in document["comparisons"]:
        digits = 1 if one["measure"] in {"asr", "sri"} else 3
        compared = f"{one['n']:,} {'pairs' if one['paired'] else 'unpaired'}"
        change = f"{number(one['difference'], digits)} {interval(one['interval'], digits)}".rstrip()
        yield [one["second"], one["first"], one["measure"].upper(), change, _p(one["p_holm"]), compared]


def grade_rows(document: Mapping[str, Any]) -> Iterator[Row]:
    """What the committee makes of every set."""
    for one in document["grades"]:
        label = " [REHEARSAL]" if one["rehearsal"] else ""
        means = [f"{number(one[name]['mean'])} {interval(one[name]['ci'])}".rstrip() for name in CRITERIA]
        yield [one["name"] + label, f"{one['requests']:,}", *means, f"{one['unread']:,} of {one['asked']:,}"]


def markdown(document: Mapping[str, Any]) -> str:
    """The experiment as a page of GitHub's Markdown; no name can start markup, a link or a cell."""
    told = [f"# {plain_words(document['experiment'])}", "", plain_words(document["sentence"]), ""]
    if document["rehearsal"]:
        told = [*told[:2], f"**{REHEARSAL}**", "", *told[2:]]
    told += _table(ARMS, arm_rows(document))
    told += _table(COMPARISONS, comparison_rows(document))
    told += _table(GRADES, grade_rows(document)) if document["grades"] else []
    told += [f"- {plain_words(one)}" for one in (*document["sentences"], *document["notes"])]
    return "\n".join(told) + "\n"


def _table(headings: Sequence[str], rows: Iterator[Row]) -> list[str]:
    listed = [[plain_words(cell) for cell in cells] for cells in (headings, *rows)]
    listed.insert(1, ["---"] * len(headings))
    return [*(f"| {' | '.join(cells)} |" for cells in listed), ""]


def _p(value: float | None) -> str:
    return "–" if value is None else "<.0001" if value < 0.0001 else f"{value:.4f}"
