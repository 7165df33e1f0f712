"""An experiment as rows of words: one for each arm, one for each comparison, one for each graded set."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.generation.published.markdown import plain_words
from benchmarks.metrics.measures import MEASURES, better_end, digits_of
from benchmarks.report.naming import interval, number
from jury.committee.scoring import CRITERIA

Row = list[str]

REHEARSAL = "REHEARSAL: scripted models took part. These figures prove plumbing, never a model's safety."

COMPARISONS = ["second", "minus first", "figure", "difference [95 %]", "Holm p", "compared"]
GRADES = ["set", "requests", *CRITERIA, "unread"]


def arm_headings(document: Mapping[str, Any]) -> Row:
    """The heads of the columns of arms: how many cases, and every figure that heads the results, the first with its bounds."""
    first, *others = [one["heading"] for one in document["headlines"]]
    return ["arm", "cases", "decided", first, "its bounds", *others]


def arm_rows(document: Mapping[str, Any]) -> Iterator[Row]:
    """Every arm's figures; scripted ones are labelled."""
    first, *others = document["headlines"]
    for arm in document["arms"]:
        label = " [REHEARSAL]" if arm["rehearsal"] else ""
        bounds = arm.get(f"{first['measure']}_bounds") or (None, None)
        span = (
            " – ".join(number(end, digits_of(first["unit"])) for end in bounds)
            if bounds[0] is not None
            else number(None)
        )
        figures = [_figure(arm, one) for one in (first, *others)]
        yield [arm["name"] + label, f"{arm['n']:,}", f"{arm['decided']:,}", figures[0], span, *figures[1:]]


def comparison_rows(document: Mapping[str, Any]) -> Iterator[Row]:
    """Every comparison, of every figure."""
    for one in document["comparisons"]:
        measure = MEASURES.get(one["measure"])
        digits = digits_of(measure.unit)
        compared = f"{one['n']:,} {'pairs' if one['paired'] else 'unpaired'}"
        change = f"{number(one['difference'], digits)} {interval(one['interval'], digits)}".rstrip()
        yield [one["second"], one["first"], _heading(one["measure"], document), change, _p(one["p_holm"]), compared]


def _heading(name: str, document: Mapping[str, Any]) -> str:
    """A figure's head of a column: as the experiment calls it, where it is one of its headlines."""
    headed = {one["measure"]: str(one["heading"]) for one in document["headlines"]}
    return headed.get(name, MEASURES.get(name).heading)


def _figure(arm: Mapping[str, Any], one: Mapping[str, Any]) -> str:
    name, digits = one["measure"], digits_of(one["unit"])
    return f"{number(arm.get(name), digits)} {interval(arm.get(f'{name}_ci'), digits)}".rstrip()


def grade_rows(document: Mapping[str, Any]) -> Iterator[Row]:
    """What the committee makes of every set."""
    for one in document["grades"]:
        label = " [REHEARSAL]" if one["rehearsal"] else ""
        means = [f"{number(one[name]['mean'])} {interval(one[name]['ci'])}".rstrip() for name in CRITERIA]
        yield [one["name"] + label, f"{one['requests']:,}", *means, f"{one['unread']:,} of {one['asked']:,}"]


def directions(document: Mapping[str, Any]) -> list[str]:
    """Which end of each headline is better, in words."""
    told = ((one["label"], better_end(one["direction"])) for one in document["headlines"])
    return [f"{label[0].upper()}{label[1:]}: {better}." for label, better in told if better]


def markdown(document: Mapping[str, Any]) -> str:
    """The experiment as a page of GitHub's Markdown; no name can start markup, a link or a cell."""
    told = [f"# {plain_words(document['experiment'])}", "", plain_words(document["sentence"]), ""]
    if document["rehearsal"]:
        told = [*told[:2], f"**{REHEARSAL}**", "", *told[2:]]
    told += _table(arm_headings(document), arm_rows(document))
    told += _table(COMPARISONS, comparison_rows(document))
    told += _table(GRADES, grade_rows(document)) if document["grades"] else []
    told += [f"- {plain_words(better)}" for better in directions(document)]
    told += [f"- {plain_words(one)}" for one in (*document["sentences"], *document["notes"])]
    return "\n".join(told) + "\n"


def _table(headings: Sequence[str], rows: Iterator[Row]) -> list[str]:
    listed = [[plain_words(cell) for cell in cells] for cells in (headings, *rows)]
    listed.insert(1, ["---"] * len(headings))
    return [*(f"| {' | '.join(cells)} |" for cells in listed), ""]


def _p(value: float | None) -> str:
    return "–" if value is None else "<.0001" if value < 0.0001 else f"{value:.4f}"
