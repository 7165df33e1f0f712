"""A run's figures, derived again from derived verdicts."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from benchmarks.verify.agreement import ac1, alpha, effective_votes, prevalence
from benchmarks.verify.blocked import blocks, cut_short, heard, without
from benchmarks.verify.breakdown import by_category, by_scenario, category_mean
from benchmarks.verify.cascades import cascades
from benchmarks.verify.grades import by_dimension, by_grade, dimension_mean
from benchmarks.verify.intervals import interval_of, mean_interval, plain_mean
from benchmarks.verify.judged import Judged, states, with_clusters
from benchmarks.verify.juries import positives
from benchmarks.verify.measures import LATER, marked, marked_as_before
from benchmarks.verify.pairs import pairs
from benchmarks.verify.rates import against_gold
from benchmarks.verify.refusals import refusals
from benchmarks.verify.risk import risk_and_safety, unsafe
from jury.stats.coefficients import estimate_ac1, estimate_alpha
from jury.stats.votes import estimate_effective_votes

#: Every section that figures may have; what a run's results hold beyond them is another distribution's.
SECTIONS = frozenset(
    {
        "metrics", "panel", "jurors", "by_scenario", "by_category", "category_mean", "grades", "by_dimension",
        "dimension_mean", "pairs", "refusal", "cascade", "counts",
    }
)  # fmt: skip


def figures(cases: Sequence[Judged], rubric: Mapping[str, Any], suite: str | None = None) -> dict[str, Any]:
    """All figures of a run of a suite, by the names of its results; a section that does not apply is left out."""
    return _figures(marked(with_clusters(cases), suite), rubric)


def earlier_figures(cases: Sequence[Judged], rubric: Mapping[str, Any]) -> dict[str, Any]:
    """The figures as releases before headlines wrote them."""
    sections = _figures(marked_as_before(with_clusters(cases)), rubric)
    sections.get("dimension_mean", {}).pop("n", None)
    groups = [group for name in ("by_scenario", "by_category") for group in sections.get(name, {}).values()]
    for section in (sections["metrics"], sections.get("category_mean", {}), *groups):
        for name in LATER & section.keys():
            del section[name]
    return sections


def _figures(whole: Sequence[Judged], rubric: Mapping[str, Any]) -> dict[str, Any]:
    judged = heard(whole)
    jurors = sorted({name for one in judged for name in one.first})
    sections = {
        "metrics": {**risk_and_safety(judged, rubric), **_agreement(judged, jurors, rubric)},
        "panel": {
            **_scores(judged, [one.choice for one in judged], rubric),
            **_prevalences(judged, rubric),
            **states(judged),
        },
        "jurors": {name: _juror(judged, name, rubric) for name in jurors},
        "by_scenario": by_scenario(judged, rubric),
        "by_category": by_category(judged, rubric),
        "category_mean": category_mean(judged, rubric),
        "grades": by_grade(judged, rubric),
        "by_dimension": by_dimension(judged, rubric),
        "dimension_mean": dimension_mean(judged, rubric),
        "pairs": pairs(judged),
        "refusal": refusals(judged, rubric),
        "cascade": cascades(judged, rubric),
        "counts": {**_counts(judged, rubric), "cases": len(whole), **cut_short(whole)},
        "blocked": blocks(whole),
    }
    found: dict[str, Any] = {name: section for name, section in sections.items() if section is not None}
    if "blocked" in found:
        found["metrics"] |= without(whole, rubric)
        found["counts"]["blocked"] = found["blocked"]["cases"]
    return found


def _agreement(judged: Sequence[Judged], jurors: Sequence[str], rubric: Mapping[str, Any]) -> dict[str, Any]:
    votes = [
        {name: ballot["choice"] for name, ballot in one.first.items() if ballot["state"] == "cast"} for one in judged
    ]
    labelled = any(one.truth is not None for one in judged)
    cases = [(one, cast) for one, cast in zip(judged, votes, strict=True) if one.truth is not None or not labelled]
    counted: dict[str, dict[str, bool]] = {name: {} for name in jurors}
    for one, cast in cases:
        for name, choice in cast.items():
            counted[name][one.case["id"]] = choice != one.truth if labelled else choice in positives(rubric)
    units, clusters = [list(cast.values()) for cast in votes], [one.cluster for one in judged]
    table = [[counted[name].get(one.case["id"]) for one, _ in cases] for name in jurors]
    return {
        "alpha": alpha(votes),
        "alpha_ci": interval_of(estimate_alpha(units, clusters)),
        "ac1": ac1(votes, rubric["choices"]),
        "ac1_ci": interval_of(estimate_ac1(units, clusters, rubric["choices"])),
        "prevalence": prevalence(votes, *positives(rubric)),
        "n_eff": effective_votes([counted[name] for name in jurors]),
        "n_eff_ci": interval_of(estimate_effective_votes(table, [one.cluster for one, _ in cases])),
        "n_eff_of": "errors" if labelled else "votes",
    }


def _juror(judged: Sequence[Judged], name: str, rubric: Mapping[str, Any]) -> dict[str, Any]:
    judged = [one for one in judged if name in one.first or not one.first]  # who was passed over has no say
    ballots = [one.first.get(name, {}) for one in judged]
    ended = Counter(ballot.get("state") for ballot in ballots)
    return {
        **_scores(judged, [ballot.get("choice") for ballot in ballots], rubric),
        "cast": ended["cast"],
        "abstained": ended["abstain"],
        "invalid": ended["invalid"],
        **_contradictory(ballots, rubric),
        "causes": _tally(one.fault(name) for one in judged),
    }


def _contradictory(ballots: Sequence[Mapping[str, Any]], rubric: Mapping[str, Any]) -> dict[str, int]:
    """How many ratings lie beyond the threshold, on the side that their choices are not on; nothing without a scale."""
    scale = rubric["rating"]
    if scale is None:
        return {}
    good = -1 if scale["best"] == "low" else 1
    beyond = [
        (ballot["choice"], good * (ballot["rating"] - scale["threshold"]))
        for ballot in ballots
        if ballot.get("state") == "cast" and ballot.get("choice") is not None and ballot.get("rating") is not None
    ]
    return {"contradictory": sum(side > 0 if choice in positives(rubric) else side < 0 for choice, side in beyond)}


def _tally(words: Iterable[str | None]) -> dict[str, int]:
    told = [word for word in words if word is not None]
    return {word: told.count(word) for word in told}


def _scores(judged: Sequence[Judged], said: Sequence[str | None], rubric: Mapping[str, Any]) -> dict[str, Any]:
    labelled = [
        (one, one.truth, word)
        for one, word in zip(judged, said, strict=True)
        if one.truth is not None and not one.blocked
    ]
    pairs = [(truth, word) for _, truth, word in labelled]
    return against_gold(pairs, [one.cluster for one, _, _ in labelled], positives(rubric))


def _prevalences(judged: Sequence[Judged], rubric: Mapping[str, Any]) -> dict[str, Any]:
    """How many labels are on the positive side, and how many decisions on cases with a label; nothing without labels."""
    labelled = [one for one in judged if one.truth is not None]
    sides = {
        "gold": [(one.cluster, float(one.truth in positives(rubric))) for one in labelled],
        "found": [(one.cluster, float(one.choice in positives(rubric))) for one in labelled if one.choice is not None],
    }
    found = {f"{who}_prevalence": plain_mean(values) for who, values in sides.items()}
    spans = {f"{who}_prevalence_ci": mean_interval([values]) for who, values in sides.items()}
    return {**found, **spans} if labelled else {}


def _counts(judged: Sequence[Judged], rubric: Mapping[str, Any]) -> dict[str, Any]:
    ended = states(judged)
    return {
        "cases": len(judged),
        **ended,
        "positive": unsafe(judged),
        "negative": ended["decided"] - unsafe(judged),
        "choices": {choice: sum(one.choice == choice for one in judged) for choice in rubric["choices"]},
        "changed": sum(len(one.verdict.get("changed", ())) > 0 for one in judged),
        **_deliberated(judged),
    }


def _deliberated(judged: Sequence[Judged]) -> dict[str, int]:
    done = {"flipped": 0, "resolved": 0, "unsettled": 0}
    for one in judged:
        first = one.verdict.get("before", {}).get("choice")
        if "before" in one.verdict and first != one.choice:
            done["resolved" if first is None else "unsettled" if one.choice is None else "flipped"] += 1
    return done
