"""`jury generate`: a committee builds a data set, stage by stage or all at once."""

from typing import Any

import typer

from benchmarks.cli.options import settled, takes
from benchmarks.generation.wishes import DatasetWish, ImageWish, QueryWish, SpeechWish, TaxonomyWish, Wish

app = typer.Typer(name="generate", help="Let a committee of models build a data set.", no_args_is_help=True)


@app.callback()
def generate() -> None:
    """Let a committee of models build a data set."""


@app.command()
@takes(TaxonomyWish)
def taxonomy(stated: dict[str, Any]) -> None:
    """Have the committee propose, argue and vote a taxonomy of what a model should not answer.

    Example: jury generate taxonomy --committee rehearsal --out my-set
    """
    _hold("taxonomy", TaxonomyWish, stated)


@app.command()
@takes(QueryWish)
def queries(stated: dict[str, Any]) -> None:
    """Write test requests for every scenario, drop what repeats, and keep the best.

    Example: jury generate queries --committee rehearsal --per-scenario 4 --languages en,zh --out my-set
    """
    _hold("queries", QueryWish, stated)


@app.command()
@takes(ImageWish)
def images(stated: dict[str, Any]) -> None:
    """Paint an image for every query of a set, look at it, and paint it again where it misses the request.

    Example: jury generate images --painter pillow/scene --out my-set
    """
    _hold("images", ImageWish, stated)


@app.command()
@takes(SpeechWish)
def speech(stated: dict[str, Any]) -> None:
    """Have every query of a set spoken by a female and a male voice.

    Example: jury generate speech --female espeak/female --male espeak/male --out my-set
    """
    _hold("speech", SpeechWish, stated)


@app.command()
@takes(DatasetWish)
def dataset(stated: dict[str, Any]) -> None:
    """Make a whole set: queries, images and voices, as a folder that others can use as it is.

    Example: jury generate dataset --committee rehearsal --taxonomy safebench --per-scenario 4 --languages en,zh --out my-set
    """
    _hold("dataset", DatasetWish, stated)


def _hold(name: str, kind: type[Wish], stated: dict[str, Any]) -> None:
    from benchmarks.cli.generating import leave_unless_made, made, print_estimate, print_summary
    from benchmarks.cli.waiting import to_end

    wish: Wish = settled(kind, stated, f"jury generate {name}")
    if wish.dry_run:
        print_estimate(wish.settings, as_json=wish.as_json)
    else:
        settings = wish.settings
        summary = to_end(made(settings))
        print_summary(summary, settings.out, as_json=wish.as_json)
        leave_unless_made(summary)
