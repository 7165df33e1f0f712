"""What the rounds of a trial are called where people read them."""

from jury.records import Round, RoundKind

_HEADINGS: dict[RoundKind, str] = {
    "screening": "The scout alone",
    "assessment": "Sealed assessment",
    "deliberation": "Deliberation",
    "reballot": "Sealed re-ballot",
}


def heading_of(held: Round) -> str:
    """The heading of a round; rounds of deliberation are numbered as the trial counts them."""
    number = f", round {held.index}" if held.kind == "deliberation" else ""
    return f"{_HEADINGS[held.kind]}{number}{', one after another' if held.order else ''}"
