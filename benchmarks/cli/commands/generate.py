"""`jury generate`: a committee builds a data set, stage by stage or all at once."""

from typing import Annotated, Any

import typer

from benchmarks.cli.options import Values, settings_from
from benchmarks.generation.settings import ByCommittee, ImageStage, QueryStage, Sitting, SpeechStage, TaxonomyStage
from jury.errors import InputError

app = typer.Typer(name="generate", help="Let a committee of models build a data set.", no_args_is_help=True)

DryRun = Annotated[bool, typer.Option("--dry-run", help="count calls, tokens and cost without making any call")]
Json = Annotated[bool, typer.Option("--json", help="print one JSON object instead of tables")]
Licence = Annotated[
    str | None, typer.Option(help="the set's licence, by the name Hugging Face knows it by; default: other")
]
Without = Annotated[
    str,
    typer.Option(metavar="STAGE[,STAGE]", help="leave these out: images, speech; they can be added to the set later"),
]


@app.callback()
def generate() -> None:
    """Let a committee of models build a data set."""


@app.command()
@settings_from(by=ByCommittee, stage=TaxonomyStage, sitting=Sitting)
def taxonomy(by: Values, stage: Values, sitting: Values, dry_run: DryRun = False, json: Json = False) -> None:
    """Have the committee propose, argue and vote a taxonomy of what a model should not answer.

    Example: jury generate taxonomy --committee rehearsal --out my-set
    """
    _hold("taxonomy", {**by, **sitting, "taxonomy": stage}, dry_run=dry_run, as_json=json)


@app.command()
@settings_from(by=ByCommittee, stage=QueryStage, sitting=Sitting)
def queries(
    by: Values, stage: Values, sitting: Values, licence: Licence = None, dry_run: DryRun = False, json: Json = False
) -> None:
    """Write test requests for every scenario, drop what repeats, and keep the best.

    Example: jury generate queries --committee rehearsal --per-scenario 4 --languages en,zh --out my-set
    """
    _hold("queries", {**by, **sitting, **_stated(licence), "queries": stage}, dry_run=dry_run, as_json=json)


@app.command()
@settings_from(by=ByCommittee, stage=ImageStage, sitting=Sitting)
def images(by: Values, stage: Values, sitting: Values, dry_run: DryRun = False, json: Json = False) -> None:
    """Paint an image for every query of a set, look at it, and paint it again where it misses the request.

    Example: jury generate images --painter pillow/scene --out my-set
    """
    _hold("images", {**by, **sitting, "images": stage}, dry_run=dry_run, as_json=json)


@app.command()
@settings_from(stage=SpeechStage, sitting=Sitting)
def speech(stage: Values, sitting: Values, dry_run: DryRun = False, json: Json = False) -> None:
    """Have every query of a set spoken by a female and a male voice.

    Example: jury generate speech --female espeak/female --male espeak/male --out my-set
    """
    _hold("speech", {**sitting, "speech": stage}, dry_run=dry_run, as_json=json)


@app.command()
@settings_from(by=ByCommittee, query=QueryStage, image=ImageStage, voices=SpeechStage, sitting=Sitting)
def dataset(
    by: Values,
    query: Values,
    image: Values,
    voices: Values,
    sitting: Values,
    without: Without = "",
    licence: Licence = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Make a whole set: queries, images and voices, as a folder that others can use as it is.

    Example: jury generate dataset --committee rehearsal --taxonomy safebench --per-scenario 4 --languages en,zh --out my-set
    """
    stages = {"queries": query, **_kept({"images": image, "speech": voices}, without)}
    _hold("dataset", {**by, **sitting, **_stated(licence), **stages}, dry_run=dry_run, as_json=json)


def _kept(stages: Values, without: str) -> Values:
    """The stages that are not left out. Raises `InputError` for a stage there is none of."""
    left_out = {name.strip() for name in without.split(",") if name.strip()}
    unknown = sorted(left_out - stages.keys())
    if unknown:
        raise InputError(f"--without {unknown[0]!r}: there is no such stage; leave out {' or '.join(stages)}")
    return {name: stage for name, stage in stages.items() if name not in left_out}


def _stated(licence: str | None) -> Values:
    return {} if licence is None else {"licence": licence}


def _hold(name: str, stated: dict[str, Any], *, dry_run: bool, as_json: bool) -> None:
    from benchmarks.cli.generating import made, print_estimate, print_summary
    from benchmarks.cli.waiting import to_end
    from benchmarks.generation.settings import GenerationSettings
    from jury.yaml_files import build

    settings = build(GenerationSettings, stated, f"jury generate {name}")
    if dry_run:
        print_estimate(settings, as_json=as_json)
    else:
        print_summary(to_end(made(settings)), settings.out, as_json=as_json)
