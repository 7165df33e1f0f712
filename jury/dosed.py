"""An image condition as it is written in settings: `black`, `blurred:0.05`, and two that need no painting."""

from dataclasses import dataclass

from jury.errors import InputError

#: No image at all, and the image as it is.
NONE, INTACT = "none", "intact"

#: Those that take no strength and change no pixel.
UNPAINTED = (NONE, INTACT)


@dataclass(frozen=True)
class Dosed:
    """A condition's name and its strength in the condition's own unit, None for the usual one."""

    name: str
    strength: float | None = None

    def __str__(self) -> str:
        """The condition as it is written, the same for equal strengths."""
        return self.name if self.strength is None else f"{self.name}:{self.strength:g}"


def dosed(words: str) -> Dosed:
    """The condition that `NAME` or `NAME:STRENGTH` says. Raises `InputError` for what is unknown or out of range."""
    # Painting takes its time to import, and every command's help knows these names.
    from jury.painting.conditions import CONDITIONS, strength_within

    name, colon, said = words.strip().partition(":")
    if name not in UNPAINTED and name not in CONDITIONS:
        known = ", ".join((*UNPAINTED, *CONDITIONS))
        raise InputError(f"unknown image condition {name[:60]!r}; known: {known}")
    if not colon:
        return Dosed(name)
    try:
        strength = float(said)
    except ValueError:
        raise InputError(f"image condition {name!r}: strength {said[:60]!r} is no number") from None
    if name in UNPAINTED:
        raise InputError(f"image condition {name!r} takes no strength; write {name}")
    return Dosed(name, strength_within(name, strength))
