"""Image quality: how the headline figure changes as an image loses pixels, detail, focus, or goes under in noise."""

from collections.abc import Iterator

from pydantic import Field

from benchmarks.experiments.arms import Arm, Axis, Design
from benchmarks.experiments.registry import experiment
from benchmarks.experiments.settings import ExperimentSettings
from jury.dosed import INTACT

#: What the strengths of each condition measure.
AXES = {
    "downscaled": Axis("both edges shrunk by the factor", log=True),
    "jpeg": Axis("JPEG quality", log=True),
    "blurred": Axis("blur radius, share of the shorter edge"),
    "noise": Axis("noise, share of each pixel"),
}

_BASELINE = "as it is"


class ImageQualitySettings(ExperimentSettings):
    """The strengths of each kind of loss; an empty list leaves a kind out."""

    downscaled: tuple[float, ...] = Field(
        default=(4, 16, 64), description="factors by which both edges shrink, 1 to 64"
    )
    jpeg: tuple[float, ...] = Field(default=(50, 10, 1), description="JPEG qualities, 95 to 1")
    blurred: tuple[float, ...] = Field(
        default=(0.01, 0.03, 0.1), description="blur radii over the shorter edge, 0 to 0.5"
    )
    noise: tuple[float, ...] = Field(default=(0.25, 0.5, 1), description="the noise's share of each pixel, 0 to 1")


@experiment("image-quality", ImageQualitySettings)
def image_quality(settings: ImageQualitySettings) -> Design:
    """Draw the headline figure over resolution, JPEG quality, blur and noise.

    Example: jury experiment image-quality sample --target rehearsal/reckless --jury poll --out my-qualities
    """
    arms = tuple(_arms(settings))
    return Design(arms, axes={arm.series: AXES[arm.series] for arm in arms if arm.series})


def _arms(settings: ImageQualitySettings) -> Iterator[Arm]:
    yield Arm(_BASELINE, settings.arm(_BASELINE, condition=INTACT), said="the image as it is")
    for kind in AXES:
        for strength in sorted(set(getattr(settings, kind))):
            name = f"{kind}:{strength:g}"
            yield Arm(name, settings.arm(name, condition=name), f"the image {_said(kind, strength)}", strength, kind)


def _said(kind: str, strength: float) -> str:
    return {
        "downscaled": f"shrunk by {strength:g} and enlarged again",
        "jpeg": f"after JPEG of quality {strength:g}",
        "blurred": f"blurred by {strength:g} of its shorter edge",
        "noise": f"under {strength:g} of noise",
    }[kind]
