"""`python -m benchmarks.perf`: one JSON object per measurement."""

import sys
from pathlib import Path
from typing import Annotated, Literal

import orjson
import typer

app = typer.Typer(
    help="Measure speed and memory. Run on an idle machine; compare ratios within one run.", rich_markup_mode=None
)


@app.command()
def engine(
    cases: Annotated[int, typer.Option(min=10)] = 2000,
    jurors: Annotated[int, typer.Option(min=1)] = 3,
    latency_ms: Annotated[float, typer.Option(min=0)] = 0,
    transport: Annotated[Literal["seam", "litellm", "http"], typer.Option()] = "seam",
    picture_kb: Annotated[int, typer.Option(min=0, help="an image of about this size in every case")] = 0,
    connections: Annotated[int, typer.Option(min=1, help="calls under way at once per model")] = 200,
    json: Annotated[bool, typer.Option("--json", help="print one JSON object instead of lines")] = False,
) -> None:
    """One target and some jurors, one round, over mock models: what the framework itself costs.

    Example: python -m benchmarks.perf engine --cases 2000 --transport seam --latency-ms 200
    """
    from benchmarks.perf.engine import Load, measure

    _print(measure(Load(cases, jurors, latency_ms / 1000, transport, picture_kb, connections)), as_json=json)


@app.command()
def call(
    calls: Annotated[int, typer.Option(min=10)] = 500,
    json: Annotated[bool, typer.Option("--json", help="print one JSON object instead of lines")] = False,
) -> None:
    """Bare aiohttp, bare litellm.acompletion and the gateway side by side, over HTTP to a server in another process.

    Example: python -m benchmarks.perf call --calls 500
    """
    from benchmarks.perf.call import measure

    _print(measure(calls), as_json=json)


@app.command()
def full(
    per_scenario: Annotated[int, typer.Option(min=1, help="cases of each of SafeBench's 23 scenarios")] = 100,
    targets: Annotated[int, typer.Option(min=1, max=3, help="how many targets answer")] = 3,
    images: Annotated[bool, typer.Option(help="paint an image for every case")] = True,
    json: Annotated[bool, typer.Option("--json", help="print one JSON object instead of lines")] = False,
) -> None:
    """A whole benchmark at its full size: a set made, three targets asked, five jurors, a report, an export.

    Example: python -m benchmarks.perf full --per-scenario 100
    """
    from benchmarks.perf.full import measure

    _print(measure(per_scenario, targets, images=images), as_json=json)


@app.command()
def guardrank(
    answers: Annotated[int, typer.Option(min=100)] = 2000,
    json: Annotated[bool, typer.Option("--json", help="print one JSON object instead of lines")] = False,
) -> None:
    """Train an evaluator, load it, and judge with it.

    Example: python -m benchmarks.perf guardrank --answers 2000
    """
    from benchmarks.perf.guardrank import measure

    _print(measure(answers), as_json=json)


@app.command()
def viewer(
    cases: Annotated[int, typer.Option(min=1000)] = 100_000,
    json: Annotated[bool, typer.Option("--json", help="print one JSON object instead of lines")] = False,
) -> None:
    """Open a large run in the viewer, and list, filter, sort, search and show its cases.

    Example: python -m benchmarks.perf viewer --cases 100000
    """
    from benchmarks.perf.viewer import measure

    _print(measure(cases), as_json=json)


@app.command()
def soak(
    cases: Annotated[int, typer.Option(min=100)] = 50_000,
    jurors: Annotated[int, typer.Option(min=1)] = 3,
    out: Annotated[Path, typer.Option(help="where soak.csv and soak.svg are written")] = Path("soak"),
    json: Annotated[bool, typer.Option("--json", help="print one JSON object instead of lines")] = False,
) -> None:
    """A large run in one process while one try in twenty goes wrong; memory and open files are sampled every second.

    Example: python -m benchmarks.perf soak --cases 50000 --jurors 3
    """
    from benchmarks.perf.soak import measure

    _print(measure(cases, jurors, out), as_json=json)


@app.command()
def replies(
    times: Annotated[int, typer.Option(min=1, help="how often each ordinary reply is read")] = 1000,
    json: Annotated[bool, typer.Option("--json", help="print one JSON object instead of lines")] = False,
) -> None:
    """How long reading a juror's reply takes: ordinary ones, flawed ones, and a megabyte of braces.

    Example: python -m benchmarks.perf replies --times 1000
    """
    from benchmarks.perf.replies import measure

    _print(measure(times), as_json=json)


@app.command()
def start(
    times: Annotated[int, typer.Option(min=1, help="how often each is started")] = 10,
    json: Annotated[bool, typer.Option("--json", help="print one JSON object instead of lines")] = False,
) -> None:
    """What `import jury` and `jury --help` cost beside a Python that does nothing.

    Example: python -m benchmarks.perf start --times 10
    """
    from benchmarks.perf.start import measure

    _print(measure(times), as_json=json)


@app.command()
def scaling(
    cases: Annotated[int, typer.Option(min=20)] = 400,
    latency_ms: Annotated[float, typer.Option(min=0)] = 300,
    repeats: Annotated[int, typer.Option(min=1, help="how often each is measured; the best counts")] = 2,
    growing: Annotated[bool, typer.Option(help="what grows with what, instead of engines side by side")] = False,
    json: Annotated[bool, typer.Option("--json", help="print one JSON object instead of lines")] = False,
) -> None:
    """One process beside one and two workers on Ray; or, in one process, what grows with what.

    Example: python -m benchmarks.perf scaling --cases 400 --repeats 2
    """
    from benchmarks.perf.scaling import growth, measure

    _print(growth(cases) if growing else measure(cases, latency_ms / 1000, repeats), as_json=json)


@app.command()
def coverage(
    samples: Annotated[int, typer.Option(min=20, help="simulated runs for each cell")] = 1000,
    figure: Annotated[
        list[str] | None, typer.Option(help="a figure's name, several times for several (default: all)")
    ] = None,
    tests: Annotated[bool, typer.Option(help="also how often the tests find a difference where there is none")] = True,
    seed: Annotated[int, typer.Option(help="where the random numbers start")] = 0,
    json: Annotated[bool, typer.Option("--json", help="print one JSON object instead of tables")] = False,
) -> None:
    """How often the printed intervals hold the true figure, and how often the tests err, before and now.

    Example: python -m benchmarks.perf coverage --samples 200 --figure ASR
    """
    from benchmarks.perf import coverage as simulated
    from benchmarks.perf.simulated import FIGURES

    unknown = sorted(set(figure or ()) - set(FIGURES))
    if unknown:
        raise typer.BadParameter(f"no figure {unknown[0]!r}; it may be {', '.join(FIGURES)}")
    found = list(simulated.cells(figure or tuple(FIGURES), samples=samples, before=samples // 4, seed=seed))
    errors = list(simulated.error_rates(samples=samples, before=samples // 4, seed=seed)) if tests else []
    if json:
        _print({"cells": simulated.documents(found), "tests": simulated.documents(errors)}, as_json=True)
        return
    tables = [simulated.coverage_table(found), *([simulated.error_table(errors)] if errors else [])]
    sys.stdout.write("\n\n".join(tables) + "\n")


def _print(figures: dict[str, object], *, as_json: bool) -> None:
    lines = "\n".join(f"{name:24} {value}" for name, value in figures.items())
    sys.stdout.write((orjson.dumps(figures).decode() if as_json else lines) + "\n")


if __name__ == "__main__":
    app()
