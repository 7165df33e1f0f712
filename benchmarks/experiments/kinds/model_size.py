"""Parameter size within a family of models: does a larger one answer more safely?"""

from pathlib import Path

from pydantic import Field

from benchmarks.experiments.arms import Arm, Axis, Design
from benchmarks.experiments.registry import experiment
from benchmarks.experiments.settings import ExperimentSettings
from jury.errors import InputError
from jury.records import Record, Target
from jury.yaml_files import build, read_yaml


class Sized(Target):
    """A model and its size; how it is asked is said as of any target."""

    billions: float = Field(gt=0, description="parameters, in billions")


class Family(Record):
    """The models of one family."""

    family: str = Field(min_length=1, description="what the family is called")
    models: tuple[Sized, ...] = Field(min_length=2, description="its models, each with its size")


class ModelSizeSettings(ExperimentSettings):
    """The family's file."""

    sizes: Path = Field(description="YAML file: family, and models, each with `model` and `billions` of parameters")


@experiment("model-size", ModelSizeSettings)
def model_size(settings: ModelSizeSettings) -> Design:
    """Draw the headline figure over the sizes of a family's models.

    Example: jury experiment model-size sample --sizes family.yaml --out my-sizes
    """
    family = build(Family, read_yaml(settings.sizes), str(settings.sizes))
    models = sorted(family.models, key=lambda one: (one.billions, one.model))
    twice = next((one.model for one in models if [other.model for other in models].count(one.model) > 1), None)
    if twice is not None:
        raise InputError(f"{settings.sizes}: model {twice!r} is named twice; name every model once")
    arms = tuple(_arm(settings, model, family.family) for model in models)
    return Design(arms, axes={family.family: Axis("billions of parameters", log=True)})


def _arm(settings: ModelSizeSettings, model: Sized, family: str) -> Arm:
    target = Target.model_validate(model.model_dump(exclude={"billions"}))
    said = f"{model.model} ({model.billions:g} billion parameters)"
    return Arm(model.model, settings.arm(model.model, target=target), said, model.billions, family)
