"""How runs, targets, models and figures are called and written in a report."""

from collections.abc import Iterator, Sequence
from itertools import count, product
from string import ascii_uppercase

#: What stands for a figure that cannot be had.
NONE = "–"


def letters() -> Iterator[str]:
    """A, B, … Z, AA, AB, …: what runs go by."""
    for length in count(1):
        yield from map("".join, product(ascii_uppercase, repeat=length))


def spelt(key: str) -> str:
    """A key such as `medical_advice` in words."""
    return key.replace("_", " ")


def model_name(model: str) -> str:
    """A model as it is named; of a recording's path only the file, so that a report tells no folders."""
    if not model.startswith("recorded/"):
        return model
    path, _, juror = model.partition("#")
    return f"recorded/{path.replace(chr(92), '/').rsplit('/', 1)[-1]}#{juror}"


def number(value: float | None, digits: int = 1) -> str:
    """A figure with so many digits, a dash where there is none."""
    return NONE if value is None else f"{value:,.{digits}f}".replace("-", "−")


def interval(pair: Sequence[float] | None, digits: int = 1) -> str:
    """An interval in brackets; empty where there is none."""
    return f"[{number(pair[0], digits)}, {number(pair[1], digits)}]" if pair else ""


def dollars(cost: float | None) -> str:
    """US dollars; small sums with more digits, since a cent is then much."""
    return "unknown" if cost is None else f"${cost:,.{2 if cost >= 100 else 4}f}"


def duration(seconds: float) -> str:
    """Seconds as hours, minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
