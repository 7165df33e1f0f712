"""A run's results as tables on a terminal."""

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.cli.printable import on_one_line, printable
from benchmarks.exhibit_counts import MARK, MARKED, asked_without, exhibit_notes
from benchmarks.gold.section import sentences_of
from benchmarks.results import Results

#: What stands above whatever scripted models took part in.
REHEARSAL = "REHEARSAL: scripted models took part. These figures prove plumbing, never a model's safety."

#: So many causes are listed, with so many characters of an example.
CAUSES, EXAMPLE = 12, 200


def print_results(results: Results, console: Console | None = None) -> None:
    """Verdicts and rates; with human labels, the panel's and every juror's figures against them."""
    screen = console or Console()
    document = results.document
    if document["rehearsal"]:
        screen.print(Text(REHEARSAL, "bold yellow"))
    screen.print(_verdicts(document))
    if document.get("causes"):
        screen.print(causes_table(document["causes"]))
    if document["panel"].get("n"):
        screen.print(_against_gold(document))
    if gold := document.get("gold"):
        for sentence in sentences_of(gold, results.rubric):
            screen.print(Text(printable(sentence)))


def _verdicts(document: dict[str, Any]) -> Table:
    counts, metrics = document["counts"], document["metrics"]
    title = f"{document['source']} · jury {document['jury']} · rule {document['rule']} · rubric {document['rubric']}"
    table = Table(title=Text(on_one_line(title)), show_header=False, title_justify="left")
    table.add_row("cases", str(counts["cases"]))
    for state in ("decided", "hung", "no_quorum", "invalid"):
        table.add_row(state.replace("_", " "), str(counts[state]))
    for note in exhibit_notes(document):
        table.add_row("… exhibits", note)
    mark = MARK if asked_without(document) else ""
    table.add_row("unsafe rate (ASR), % of decided", _rate(metrics["asr"], metrics["asr_ci"]) + mark)
    low, high = metrics["asr_bounds"]
    table.add_row("… its bounds over all cases", f"{low:.1f} – {high:.1f}{mark}")
    table.add_row("safety index (SRI)", _rate(metrics["sri"], metrics["sri_ci"]) + mark)
    for name, value in further_figures(document):
        table.add_row(name, value + mark)
    if mark:
        table.add_row("", MARKED)
    table.add_row(
        "verdicts that deliberation changed", f"{counts['flipped']} (some juror moved in {counts['changed']})"
    )
    for name, juror in document["jurors"].items():
        if torn := juror.get("contradictory"):
            told = f"{on_one_line(name, 40)}: {torn} of {juror['cast']} ballots"
            table.add_row("rating on the other side than the choice", Text(told))
    table.add_row("calls, tokens, cost", spent(document["usage"]))
    for juror, target in document["same_family"]:
        table.add_row("same family", Text(f"{juror} judges {target}"))
    return table


def causes_table(causes: list[dict[str, Any]]) -> Table:
    """Why answers and ballots are invalid, by model, with one sentence of the provider's for each cause."""
    table = Table(title="Why answers and ballots are invalid", title_justify="left", box=None, padding=(0, 1, 0, 0))
    for column, wide in (("number", False), ("of", False), ("model", True), ("cause", False), ("for example", True)):
        table.add_column(column, overflow="fold", justify="right" if column == "number" else "left", no_wrap=not wide)
    for one in causes[:CAUSES]:
        words = (
            f"{one['count']:,}",
            f"{one['part']}s",
            one["model"] or "–",
            one["cause"].replace("_", " "),
            one["example"],
        )
        table.add_row(*(Text(on_one_line(cell, EXAMPLE)) for cell in words))
    if len(causes) > CAUSES:
        table.caption = f"and {len(causes) - CAUSES} more causes in results.json"
    return table


def further_figures(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The figures that only some runs have: means of categories and dimensions, grades, pairs, refusals."""
    if mean := document.get("category_mean"):
        yield f"mean of {mean['categories']} categories: ASR", _rate(mean["asr"], mean["asr_ci"])
        yield "… SRI", _rate(mean["sri"], mean["sri_ci"])
    if grades := document.get("grades"):
        yield "attack success degree (ASD)", _share(grades["asd"], grades["asd_ci"])
        yield "perfect answers (PAR)", _share(grades["par"], grades["par_ci"])
    for name, section in (document.get("by_dimension") or {}).items():
        yield f"… {name}: ASD, PAR", f"{_share(section['asd'], section['asd_ci'])}, {_share(section['par'], None)}"
    if mean := document.get("dimension_mean"):
        yield "mean of five dimensions: ASD", _share(mean["asd"], mean["asd_ci"])
    for name, section in (document.get("pairs") or {}).items():
        counted = f"{section['counted']} of {section['n']} pairs"
        yield f"{name.replace('_', ' ')}: ASD", f"{_share(section['asd'], section['asd_ci'])} ({counted})"
    for name, section in (document.get("refusal") or {}).items():
        if section:
            yield f"refused, {name} requests", _share(section["rate"], section["rate_ci"])
    if scouted := document.get("cascade"):
        yield "decided by the scout alone", f"{scouted['scout_alone']} of {scouted['cases']} cases"
        yield "panel ballots saved", f"{scouted['ballots_saved']:,}"
        for point in scouted["curve"]:
            cost = "" if point["f1"] is None else f", F1 {point['f1']:.3f} ({-point['f1_cost']:+.3f})"
            yield f"… believed from {point['screen']:.3f}", f"{point['saved']:.1%} of cases saved{cost}"


def _share(value: float | None, interval: list[float] | None) -> str:
    return "–" if value is None else f"{value:.3f}{_interval(interval, '.3f')}"


def _against_gold(document: dict[str, Any]) -> Table:
    title = f"Against {document['panel']['n']} human labels (95 % interval by cluster; more in results.json)"
    table = Table(title=Text(title), title_justify="left", box=None, padding=(0, 1, 0, 0))
    table.add_column("", no_wrap=True, max_width=20)
    for figure in ("precision", "recall", "f1", "95 % f1", "kappa", "accuracy", "no vote"):
        table.add_column(figure, justify="right", no_wrap=True)
    panel = document["panel"]
    table.add_row(Text("panel", "bold"), *_figures(panel), str(panel["hung"] + panel["no_quorum"] + panel["invalid"]))
    for name, juror in document["jurors"].items():
        table.add_row(Text(on_one_line(name, 40)), *_figures(juror), str(juror["abstained"] + juror["invalid"]))
    return table


def _figures(figures: dict[str, Any]) -> list[str]:
    shown = [f"{figures[name]:.3f}" for name in ("precision", "recall", "f1", "kappa", "accuracy")]
    shown.insert(3, "–" if figures["f1_ci"] is None else "{:.2f}–{:.2f}".format(*figures["f1_ci"]))
    return shown


def _rate(value: float | None, interval: list[float] | None) -> str:
    return "–" if value is None else f"{value:.1f}{_interval(interval, '.1f')}"


def _interval(interval: list[float] | None, form: str) -> str:
    return f" [{interval[0]:{form}}, {interval[1]:{form}}]" if interval else ""


def spent(usage: dict[str, Any]) -> str:
    """What calls took, on one line."""
    cost = "unknown cost" if usage["cost"] is None else f"${usage['cost']:.4f}"
    tokens = f"{usage['input_tokens']:,} in, {usage['output_tokens']:,} out"
    return f"{usage['calls']:,} · {tokens}{without_usage(usage.get('calls_without_usage', 0))} · {cost}"


def without_usage(calls: int) -> str:
    """How many calls a number of tokens leaves out, to stand behind it; nothing where it leaves out none."""
    return f" (and {calls:,} call{'' if calls == 1 else 's'} without usage)" if calls else ""
