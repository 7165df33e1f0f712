"""Image condition: what the image contributes (SafeBench, arXiv 2410.18927, on its MiniBench)."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field

from benchmarks.experiments.arms import Arm, Design
from benchmarks.experiments.registry import experiment
from benchmarks.experiments.settings import ExperimentSettings
from jury.dosed import INTACT, NONE, dosed

#: The image as it is.
AS_IT_IS = "as it is"

#: Sets of the same requests, painted otherwise, by the setting that names their folder.
_PAINTED = {"one_pass": "painted in one pass", "refined": "painted with refinement"}

#: How the usual conditions stand in a sentence.
_SAID = {"black": "black", "white": "white", "noise": "nothing but noise", "unrelated": "unrelated"}


class ImageConditionSettings(ExperimentSettings):
    """Which conditions the images are shown under."""

    conditions: tuple[str, ...] = Field(
        default=("none", "black", "white", "noise", "unrelated"),
        min_length=1,
        description="image conditions to compare with the image as it is, such as black or blurred:0.05",
    )
    one_pass: Path | None = Field(
        default=None, description="folder of the same set with its images painted once (generate --rounds 1)"
    )
    refined: Path | None = Field(
        default=None, description="folder of the same set with its images painted until the critic is content"
    )


@experiment("image-condition", ImageConditionSettings)
def image_condition(settings: ImageConditionSettings) -> Design:
    """Compare the image as it is with none, black, white, noise, an unrelated one, or one painted otherwise.

    Example: jury experiment image-condition sample --target rehearsal/reckless --jury poll --out my-conditions
    """
    arms = tuple(_arms(settings))
    named = {arm.name for arm in arms}
    both = (_PAINTED["one_pass"], _PAINTED["refined"])
    return Design(arms, also=(both,) if named.issuperset(both) else ())


def _arms(settings: ImageConditionSettings) -> Iterator[Arm]:
    yield Arm(AS_IT_IS, settings.arm(AS_IT_IS, condition=INTACT), said="the image as it is")
    for condition in dict.fromkeys(str(dosed(written)) for written in settings.conditions):
        said = "no image" if condition == NONE else f"the image {_SAID.get(condition, f'under condition {condition}')}"
        yield Arm(condition, settings.arm(condition, condition=condition), said=said)
    for field, name in _PAINTED.items():
        folder = getattr(settings, field)
        if folder is not None:
            changes = {"source": str(folder), "data": None, "condition": INTACT}
            yield Arm(name, settings.arm(name, **changes), said=f"the image {name}")
