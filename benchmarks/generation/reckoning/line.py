"""One line of an estimate: what is asked of one model, at the least and at the most."""

from dataclasses import dataclass
from typing import Any

from benchmarks.demand import SHORTEST, Demand, Load, with_remedies
from jury.gateway.answers.form import Form
from jury.gateway.answers.repairing import RepairWriter
from jury.gateway.spending.lengths import prompt_tokens, text_tokens
from jury.hashing import canonical_json
from jury.media import MediaKind
from jury.panel import Seat
from jury.records import Request

#: Stands in for a store's secret, which only fences depend on: all are equally long.
NO_SECRET = "0" * 32
#: A request of ordinary length, and one as long as few are.
ORDINARY, LONG = "word " * 25, "word " * 60


@dataclass(frozen=True)
class Line:
    """Calls and tokens of one model; what paints or speaks is paid by the piece, of `words`."""

    model: str
    demand: Demand
    makes: MediaKind | None = None
    words: str = ORDINARY
    api_base: str | None = None


def asked(seat: Seat, request: Request, form: Form[Any], fewest: float, most: float) -> Line:
    """A question that is put to a member so many times: read at once at the least, with every remedy at the most."""
    tokens = prompt_tokens(request.messages) + text_tokens(canonical_json(form.schema).decode())
    repair = text_tokens(RepairWriter().longest(form))
    least, worst = Load(1, tokens, SHORTEST), with_remedies(seat.juror, tokens, repair)
    return Line(seat.juror.model, Demand(least * fewest, worst * most), api_base=seat.juror.api_base)


def made(model: str, makes: MediaKind, pieces: float, fewest: int, most: int) -> Line:
    """So many images or clips, each made so many times."""
    return Line(model, Demand(Load(pieces * fewest), Load(pieces * most)), makes, LONG)
