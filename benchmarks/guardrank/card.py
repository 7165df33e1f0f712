"""A model's card: what it is, what it learned from, and what it reached, on what."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.guardrank.working import about

_COLUMNS = ("precision", "recall", "f1", "kappa", "accuracy")


def card_of(name: str, evaluations: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The card as Markdown and as the values it was made from. Raises `InputError` for a model that can't be read."""
    model, digest = about(name)
    facts: dict[str, Any] = {
        "name": name,
        "hash": digest,
        "labels": list(model.task.labels),
        "positive": model.task.positive,
    }
    facts |= {"kind": model.task.kind, "backend": model.backend, "about": model.about, "evaluations": list(evaluations)}
    return {**facts, "markdown": "\n".join(_markdown(facts, model.scale.threshold, model.scale.sure_from)) + "\n"}


def _markdown(facts: Mapping[str, Any], threshold: float, sure_from: float) -> Iterator[str]:
    told = facts["about"]
    yield f"# GuardRank model `{_plain(facts['name'])}`"
    yield ""
    yield f"- judges: {', '.join(map(_plain, facts['labels']))} ({facts['kind']}; looked for: {_plain(facts['positive'])})"
    yield f"- back-end: {facts['backend']}; hash {facts['hash']}"
    if facts["kind"] == "binary":
        yield f"- threshold {threshold:.3f}; sure from a confidence of {sure_from:.3f}"
    yield f"- trained on: {_plain(told.get('data', 'not stated'))}, licence: {_plain(told.get('licence', 'not stated'))}"
    yield f"- answers: {told.get('answers', '?')} in {told.get('groups', '?')} groups; {_counted(told.get('labels', {}))}"
    yield f"- languages: {_counted(told.get('languages', {}))}"
    yield ""
    yield "It reads words only. It knows nothing but what such labels teach; on other data hold it against labels first."
    if "out_of_fold" in told:
        yield from _figures("Out of fold, on its own data", told["out_of_fold"])
    for evaluation in facts["evaluations"]:
        yield from _figures(f"On {_plain(evaluation['source'])}, which it never saw", evaluation)


def _figures(title: str, figures: Mapping[str, Any]) -> Iterator[str]:
    yield from ("", f"## {title}", "", f"| | {' | '.join(_COLUMNS)} | 95 % of F1 | n |", f"|---|{'---|' * 7}")
    rows = {"all": figures, **figures.get("by_language", {}), **figures.get("by_target", {})}
    for name, row in rows.items():
        interval = row["f1_ci"]
        band = f"{interval[0]:.2f}–{interval[1]:.2f}" if interval else "–"
        yield f"| {_plain(name)} | {' | '.join(_number(row[column]) for column in _COLUMNS)} | {band} | {row['n']} |"
    precision = figures.get("average_precision")
    ranked = "" if precision is None else f"Average precision {precision:.3f}. "
    yield from ("", f"{ranked}Calibration error {figures['ece']:.3f}, Brier score {figures['brier']:.3f}.")


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{_plain(name)} {number}" for name, number in counts.items()) or "not stated"


def _plain(words: str) -> str:
    """Words from data in a Markdown document: on one line, without a character that means anything there."""
    return "".join(letter for letter in " ".join(str(words).split()) if letter not in "<>|`[]*#\\")[:120]
