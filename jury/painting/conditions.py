"""What can be done to an image to learn what it contributes: pure functions that keep its size."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageFilter

from jury.errors import InputError
from jury.painting.noise import with_noise
from jury.painting.opaque import on_white
from jury.painting.scene import scene
from jury.painting.things import THINGS, things_in
from jury.registry import Registry


@dataclass(frozen=True)
class Dose:
    """How a condition is applied: its strength in the condition's own unit, the noise's seed, the words around the image."""

    strength: float
    seed: int = 0
    words: str = ""


Change = Callable[[Image.Image, Dose], Image.Image]


@dataclass(frozen=True)
class Condition:
    """A change, and the strength it takes: its unit in words, the usual value, and the range in which it means something.

    A condition without a unit has no strength; it takes 1 and nothing else.
    """

    change: Change
    unit: str = ""
    usual: float = 1.0
    lowest: float = 1.0
    highest: float = 1.0


CONDITIONS: Registry[Condition] = Registry("image condition")


def changed(
    image: Image.Image, name: str, *, strength: float | None = None, seed: int = 0, words: str = ""
) -> Image.Image:
    """The image under a condition: RGB, as wide and high as before; what is transparent lies on white.

    `strength` is in the condition's unit (see `CONDITIONS`), None for the usual one; `seed` makes the noise; `words` are
    the ones that an unrelated card must have nothing to do with. Equal input gives equal pixels. Raises `InputError` for
    an unknown condition and for a strength out of its range.
    """
    return CONDITIONS.get(name).change(on_white(image), Dose(strength_within(name, strength), seed, words))


def strength_within(name: str, strength: float | None) -> float:
    """The strength, or the usual one for None. Raises `InputError` for an unknown condition and out of its range."""
    condition = CONDITIONS.get(name)
    wanted = condition.usual if strength is None else strength
    if not condition.lowest <= wanted <= condition.highest:
        reach = f"{condition.lowest:g} to {condition.highest:g}"
        raise InputError(
            f"image condition {name!r}: strength {wanted:g} is out of range; name {reach} {condition.unit}"
        )
    return wanted


def _condition(
    name: str, *, unit: str = "", usual: float = 1.0, lowest: float = 1.0, highest: float = 1.0
) -> Callable[[Change], Change]:
    def register(change: Change) -> Change:
        CONDITIONS.add(name)(Condition(change, unit, usual, lowest, highest))
        return change

    return register


@_condition("black")
def black(image: Image.Image, _dose: Dose) -> Image.Image:
    """Nothing but black."""
    return Image.new("RGB", image.size, "black")


@_condition("white")
def white(image: Image.Image, _dose: Dose) -> Image.Image:
    """Nothing but white."""
    return Image.new("RGB", image.size, "white")


@_condition("noise", unit="as the noise's share of each pixel", lowest=0.0)
def noise(image: Image.Image, dose: Dose) -> Image.Image:
    """The image under noise; at strength 1, the usual one, nothing but noise."""
    return with_noise(image, dose.strength, dose.seed)


@_condition("unrelated")
def unrelated(image: Image.Image, dose: Dose) -> Image.Image:
    """A plain card of two things that the words don't speak of, chosen by the words and the seed."""
    others = [name for name in THINGS if name not in things_in(dose.words)]
    digest = hashlib.sha256(f"{dose.seed}\n{dose.words}".encode()).digest()
    shown = sorted(others, key=lambda name: hashlib.sha256(digest + name.encode()).digest())[:2]
    return scene(" ".join(shown), image.size)


@_condition("blurred", unit="as the blur's radius over the shorter edge", usual=0.03, lowest=0.0, highest=0.5)
def blurred(image: Image.Image, dose: Dose) -> Image.Image:
    """A Gaussian blur; its radius (standard deviation) is a share of the shorter edge."""
    return image.filter(ImageFilter.GaussianBlur(dose.strength * min(image.size)))


@_condition("downscaled", unit="as the factor by which both edges shrink", usual=8.0, highest=64.0)
def downscaled(image: Image.Image, dose: Dose) -> Image.Image:
    """Fewer pixels: both edges divided by the strength, then brought back to size."""
    width, height = (max(1, round(edge / dose.strength)) for edge in image.size)
    return image.resize((width, height), Image.Resampling.BOX).resize(image.size, Image.Resampling.BICUBIC)


@_condition("jpeg", unit="as JPEG's quality; the lower, the coarser", usual=10.0, highest=95.0)
def jpeg(image: Image.Image, dose: Dose) -> Image.Image:
    """What is left of the image after JPEG at that quality."""
    buffer = io.BytesIO()
    image.save(buffer, format="JPEG", quality=round(dose.strength))
    return Image.open(buffer).convert("RGB")
