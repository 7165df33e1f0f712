"""A ledger's calls on a terminal: figures, single calls, what a pruning drops."""

import json
import sys
from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.calls import KeptCall, Occasion
from benchmarks.cli.printable import on_one_line, printable
from benchmarks.mending import Mending
from benchmarks.pruning import Pruning
from jury.records import AudioPart, Completion, Part, TextPart

#: A call as it is shown, and what it was made for, where that is known.
Shown = tuple[Occasion | None, KeptCall]


def print_stats(stats: dict[str, Any], *, as_json: bool, console: Console | None = None) -> None:
    """Print figures model by model: as one JSON object, or as a table."""
    if as_json:
        sys.stdout.write(json.dumps(stats, indent=2) + "\n")
        return
    screen = console or Console()
    table = Table(title=Text(on_one_line(stats["ledger"])), title_justify="left")
    table.add_column("model", overflow="fold")
    for column in ("calls", "tries", "errors", "in", "out", "US$", "s (p95)"):
        table.add_column(column, justify="right", no_wrap=True)
    for model, figures in stats["models"].items():
        table.add_row(Text(on_one_line(model, 60)), *_figures(figures))
    table.add_row(Text("all", "bold"), *_figures(stats["total"]))
    screen.print(table)
    repeated, errors = stats["total"]["repeated"], stats["total"]["errors"]
    if errors:
        kinds = ", ".join(f"{number:,} {kind}" for kind, number in errors.items())
        screen.print(Text(f"errors: {kinds}", "red"))
    untold = stats["total"]["calls_without_usage"]
    if untold:
        screen.print(
            Text(f"{untold:,} call{'' if untold == 1 else 's'} without usage: the server told of no tokens", "red")
        )
    facts = (
        f"{stats['unused']:,} calls that no verdict rests on; {repeated:,} repeat a question; {stats['bytes']:,} bytes"
    )
    screen.print(Text(facts, "dim"))


def _figures(figures: dict[str, Any]) -> list[str]:
    times = [figures["seconds"][name] for name in ("median", "p95")]
    return [
        f"{figures['calls']:,}",
        f"{figures['tries']:,}",
        f"{sum(figures['errors'].values()):,}",
        f"{figures['input_tokens']:,}",
        f"{figures['output_tokens']:,}",
        "unknown" if figures["cost"] is None else f"{figures['cost']:.4f}",
        "–" if times[0] is None else f"{times[0]:.2f} ({times[1]:.2f})",
    ]


def print_calls(calls: Iterable[Shown], *, as_json: bool, console: Console | None = None) -> None:
    """Print whole calls: what was asked, in which settings, and what came back. Hostile text is shown, not obeyed."""
    if as_json:
        sys.stdout.write(json.dumps([_document(*call) for call in calls], indent=2) + "\n")
        return
    screen = console or Console(highlight=False)
    for occasion, call in calls:
        _print_call(screen, occasion, call)


def _document(occasion: Occasion | None, call: KeptCall) -> dict[str, Any]:
    made_for = None if occasion is None else {name: value for name, value in vars(occasion).items() if name != "key"}
    return {
        "key": call.key,
        "for": made_for,
        "request": call.request.model_dump(mode="json"),
        "completion": call.completion.model_dump(mode="json"),
    }


def _print_call(screen: Console, occasion: Occasion | None, call: KeptCall) -> None:
    screen.print(Text(f"call {call.key}", "bold"), soft_wrap=True)
    for line in (_made_for(occasion), _settings(call), _result(call)):
        if line:
            screen.print(Text(f"  {printable(line)}", "dim"), soft_wrap=True)
    for message in call.request.messages:
        screen.print(Text(f"[{message.role}]", "cyan"))
        for part in message.parts:
            screen.print(Text(printable(_words(part))), soft_wrap=True)
    completion = call.completion
    if completion.thinking:
        screen.print(Text("[thinking]", "cyan"))
        screen.print(Text(printable(completion.thinking)), soft_wrap=True)
    screen.print(Text("[error]" if completion.error else "[answer]", "red" if completion.error else "green"))
    screen.print(Text(printable(str(completion.error) if completion.error else completion.text)), soft_wrap=True)
    screen.print()


def _made_for(occasion: Occasion | None) -> str:
    if occasion is None:
        return ""
    again = f", asked again ({occasion.attempt})" if occasion.attempt else ""
    return f"case {occasion.case}: {occasion.phase} {occasion.round}, seat {occasion.seat}{again}"


def _settings(call: KeptCall) -> str:
    request = call.request
    stated = {
        "temperature": request.temperature,
        "max_tokens": request.max_tokens,
        "seed": request.seed,
        "api_base": request.api_base,
        "params": request.params or None,
        "sample": request.sample or None,
        "item": request.item or None,
        "form": "JSON schema" if request.answer_schema else None,
    }
    facts = (f"{name} {value}" for name, value in stated.items() if value is not None)
    return ", ".join([f"asked {request.model}", *facts])


def _result(call: KeptCall) -> str:
    completion = call.completion
    cost = "unknown" if completion.cost is None else f"${completion.cost:.6f}"
    return (
        f"answered by {completion.answered_by or '(nobody)'}, {completion.finish_reason or 'no finish reason'}, "
        f"{_tokens(completion)}, cost {cost}, "
        f"{completion.seconds:.2f} s, {completion.tries} tries"
    )


def _tokens(completion: Completion) -> str:
    read, written = completion.input_tokens, completion.output_tokens
    told = (f"{number:,}" if number is not None else "unknown" for number in (read, written))
    return "{} tokens in, {} out".format(*told)


def _words(part: Part) -> str:
    if isinstance(part, TextPart):
        return part.text
    words = part.words
    kind = "audio clip" if isinstance(part, AudioPart) else "image"
    what = f"{part.media.mime} {part.media.sha256}" if part.media else "no file"
    return f"[{kind} {what}{': ' if words else ''}{words}]"


def print_list(calls: Iterable[KeptCall], *, as_json: bool, console: Console | None = None) -> None:
    """Print one line per call: the start of its key, its model, how it ended, its first words."""
    if as_json:
        sys.stdout.write(
            json.dumps([{"key": call.key, "model": call.request.model} for call in calls], indent=2) + "\n"
        )
        return
    screen = console or Console(highlight=False)
    for call in calls:
        completion = call.completion
        said = f"error: {completion.error}" if completion.error else completion.text
        line = f"{call.key[:12]}  {call.request.model}  {said}"
        screen.print(Text(on_one_line(line, max(40, screen.width))), soft_wrap=True)


def print_pruning(pruning: Pruning, *, done: bool, as_json: bool) -> None:
    """Print what was dropped, or would be."""
    failed = sum(call.completion.error is not None for call in pruning.dropped)
    if as_json:
        figures = {"calls": len(pruning.dropped), "failed": failed, "cited_errors": pruning.cited_errors}
        sys.stdout.write(json.dumps({"done": done, **figures}) + "\n")
        return
    lines = [f"{'dropped' if done else 'would drop'} {len(pruning.dropped):,} calls, {failed:,} of them failed"]
    if pruning.cited_errors:
        lines.append(
            f"{pruning.cited_errors:,} failed calls stay, for verdicts rest on them; "
            "jury run --retry-invalid asks them again"
        )
    if pruning.dropped and not done:
        lines.append("say --yes to drop them")
    sys.stdout.write("\n".join(lines) + "\n")


def print_mending(mending: Mending, *, done: bool, as_json: bool) -> None:
    """Print how many rows of each table are not as they were written, and how many cases are to be judged again."""
    altered = {table: len(rows) for table, rows in mending.altered.items() if rows}
    if as_json:
        document = {"ledger": str(mending.ledger), "altered": altered, "cases": len(mending.cases), "mended": done}
        sys.stdout.write(json.dumps(document) + "\n")
        return
    told = ", ".join(f"{rows} of {table}" for table, rows in altered.items()) or "none"
    way_on = "run the same command again to judge" if done else "--yes drops what was made of"
    sys.stdout.write(f"Rows that are not as they were written: {told}; {way_on} {len(mending.cases)} cases.\n")
