"""A run's results as tables on a terminal."""

from collections.abc import Iterator, Sequence, Set
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.cli.printable import on_one_line, printable
from benchmarks.exhibit_counts import MARK, MARKED, asked_without, exhibit_notes
from benchmarks.gold.section import rate_sentences, sentences_of
from benchmarks.metrics.blocked import figures_without
from benchmarks.metrics.headlines import Headline
from benchmarks.results import Results
from benchmarks.sources.bad_rows import row_notes

#: So many rows that could not be read are named; `results.json` names more.
ROWS_NAMED = 3

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
    screen.print(_verdicts(results))
    if document.get("causes"):
        screen.print(causes_table(document["causes"]))
    if document["panel"].get("n"):
        screen.print(_against_gold(document))
    if gold := document.get("gold"):
        for sentence in (*rate_sentences(document["panel"], results.rubric), *sentences_of(gold, results.rubric)):
            screen.print(Text(printable(sentence)))


def _verdicts(results: Results) -> Table:
    document, headlines = results.document, results.headlines
    counts = document["counts"]
    title = f"{document['source']} · jury {document['jury']} · rule {document['rule']} · rubric {document['rubric']}"
    table = Table(title=Text(on_one_line(title)), show_header=False, title_justify="left")
    table.add_row("cases", str(counts["cases"]))
    if withdrawn := document.get("withdrawn"):
        table.add_row("… withdrawn, not counted", str(withdrawn))
    for state in ("decided", "hung", "no_quorum", "invalid"):
        table.add_row(state.replace("_", " "), str(counts[state]))
    for line, row in row_lines(document):
        table.add_row(line, row)
    for note in exhibit_notes(document):
        table.add_row("… exhibits", note)
    mark = MARK if asked_without(document) else ""
    shown = {one.name for one in headlines}
    for name, value in (
        *headline_rows(headlines),
        *blocked_figures(results),
        *further_figures(document, shown),
    ):
        table.add_row(Text(on_one_line(name)), Text(value + mark))
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


def row_lines(document: dict[str, Any]) -> Iterator[tuple[str, Text]]:
    """The rows of the source that could not be read: how many, and the first of them by name."""
    for number, note in enumerate(row_notes(document.get("rows"))[: 1 + ROWS_NAMED]):
        yield "" if number else "rows of the source", Text(on_one_line(note))


def blocked_figures(results: Results) -> Iterator[tuple[str, str]]:
    """What a provider's content filter blocked, the figures without it, and judged answers that are not whole."""
    document = results.document
    if blocked := document.get("blocked"):
        metrics, stages = document["metrics"], blocked["stages"]
        counted = ", ".join(f"{number:,} {policy}" for policy, number in blocked["counted_as"].items())
        where = f"{stages['prompt']:,} prompts, {stages['output']:,} answers"
        yield "blocked by a content filter", f"{blocked['cases']:,} ({where}; counted as: {counted})"
        for one in figures_without(metrics, results.rubric.positive):
            yield f"… {one.heading} without them", _rate(one.value, one.interval)
    for ended, name in (("cut_off", "cut off at the token limit"), ("filtered", "stopped midway by a filter")):
        if number := document["counts"].get(ended):
            yield f"judged answers {name}", f"{number:,}"


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


def headline_rows(headlines: Sequence[Headline]) -> Iterator[tuple[str, str]]:
    """The figures that head a run's results, each with the end that is better; the first with its bounds over all cases."""
    for place, one in enumerate(headlines):
        form = f".{one.digits}f"
        yield one.title, f"{_figure(one.value, one.interval, form)} {one.denominator}".rstrip()
        if place == 0 and one.bounds:
            yield f"… its bounds over all {one.n:,} cases", "{:{form}} – {:{form}}".format(*one.bounds, form=form)


def further_figures(document: dict[str, Any], shown: Set[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """The figures that only some runs have, but for those `shown` already: risk, means, grades, pairs, refusals."""
    yield from _risk(document["metrics"], shown)
    yield from _category_means(document.get("category_mean") or {}, shown)
    yield from _grades(document, shown)
    for name, section in (document.get("refusal") or {}).items() if "share" in shown else ():
        if section:
            yield f"refused, {name} requests", _share(section["rate"], section["rate_ci"])
    for name, section in (document.get("pairs") or {}).items():
        counted = f"{section['counted']} of {section['n']} pairs"
        yield f"{_spelt(name)}: ASD", f"{_share(section['asd'], section['asd_ci'])} ({counted})"
    if scouted := document.get("cascade"):
        yield from _cascade(scouted)


def _risk(metrics: dict[str, Any], shown: Set[str]) -> Iterator[tuple[str, str]]:
    """ASR, SRI and refusals that do not head the results. A rubric of the user's own has no ASR."""
    if not shown & {"asr", "share"}:
        none = " (no request is marked as harmful)" if metrics.get("asr_n") == 0 else ""
        yield "attack success rate (ASR), %", _rate(metrics["asr"], metrics["asr_ci"]) + none
    if "over_refusal" not in shown and metrics.get("over_refusal") is not None:
        name = "refusals of harmless requests, full or partial, %"
        yield name, _rate(metrics["over_refusal"], metrics["over_refusal_ci"])
    if not shown & {"sri"} and metrics["sri"] is not None:
        yield "safety risk index (SRI)", _rate(metrics["sri"], metrics["sri_ci"])


def _category_means(mean: dict[str, Any], shown: Set[str]) -> Iterator[tuple[str, str]]:
    """The means of categories that do not head the results. A rubric of the user's own has none."""
    for name in ("asr", "sri") if mean and "share" not in shown else ():
        if f"avg_{name}" not in shown and mean[name] is not None:
            yield f"mean of {mean['categories']} categories: {name.upper()}", _rate(mean[name], mean[f"{name}_ci"])


def _grades(document: dict[str, Any], shown: Set[str]) -> Iterator[tuple[str, str]]:
    """ASD and PAR over all cases and by dimension, and what is lacking for the mean of the dimensions."""
    if (grades := document.get("grades")) and "asd" not in shown:
        yield "attack success degree (ASD)", _share(grades["asd"], grades["asd_ci"])
        yield "perfect answer rate (PAR)", _share(grades["par"], grades["par_ci"])
    for name, section in (document.get("by_dimension") or {}).items():
        yield f"… {name}: ASD, PAR", f"{_share(section['asd'], section['asd_ci'])}, {_share(section['par'], None)}"
    if (mean := document.get("dimension_mean")) and "avg_asd" not in shown:
        yield "mean of five dimensions: ASD", _share(mean["asd"], mean["asd_ci"])
    if mean and mean.get("lacking"):
        yield "… no mean of five dimensions without", ", ".join(map(_spelt, mean["lacking"]))


def _cascade(scouted: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What a scout saved, and at what cost."""
    yield "decided by the scout alone", f"{scouted['scout_alone']} of {scouted['cases']} cases"
    yield "panel ballots saved", f"{scouted['ballots_saved']:,}"
    for point in scouted["curve"]:
        cost = "" if point["f1"] is None else f", F1 {point['f1']:.3f} ({-point['f1_cost']:+.3f})"
        yield f"… believed from {point['screen']:.3f}", f"{point['saved']:.1%} of cases saved{cost}"


def _spelt(name: str) -> str:
    return name.replace("_", " ")


def _share(value: float | None, interval: Sequence[float] | None) -> str:
    return _figure(value, interval, ".3f")


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
    shown = [_figure(figures[name], None, ".3f") for name in ("precision", "recall", "f1", "kappa", "accuracy")]
    shown.insert(3, "–" if figures["f1_ci"] is None else "{:.2f}–{:.2f}".format(*figures["f1_ci"]))
    return shown


def _rate(value: float | None, interval: Sequence[float] | None) -> str:
    return _figure(value, interval, ".1f")


def _figure(value: float | None, interval: Sequence[float] | None, form: str) -> str:
    if value is None:
        return "–"
    return f"{value:{form}} [{interval[0]:{form}}, {interval[1]:{form}}]" if interval else f"{value:{form}}"


def spent(usage: dict[str, Any]) -> str:
    """What calls took, on one line."""
    cost = "unknown cost" if usage["cost"] is None else f"${usage['cost']:.4f}"
    tokens = f"{usage['input_tokens']:,} in, {usage['output_tokens']:,} out"
    return f"{usage['calls']:,} · {tokens}{without_usage(usage.get('calls_without_usage', 0))} · {cost}"


def without_usage(calls: int) -> str:
    """How many calls a number of tokens leaves out, to stand behind it; nothing where it leaves out none."""
    return f" (and {calls:,} call{'' if calls == 1 else 's'} without usage)" if calls else ""
