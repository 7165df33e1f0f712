"""What a sitting would ask, before anything is paid: no call is made, and nothing is left in the folder."""

from collections import defaultdict
from typing import Any

from benchmarks.demand import SHORTEST, Demand, Load, with_remedies
from benchmarks.generation.queries import streams_of
from benchmarks.generation.settings import GenerationSettings
from jury.committee.scoring import scores_form, scoring_request
from jury.committee.scribe import Scribe
from jury.committee.writing import Commission, batch_form, writing_request
from jury.committees import load_committee
from jury.gateway.route.abilities import load_models
from jury.gateway.spending.lengths import prompt_tokens, text_tokens
from jury.gateway.spending.prices import prices
from jury.hashing import canonical_json
from jury.panel import Seat, seats_of
from jury.prompt_files import open_library
from jury.records import Draft, Request

#: What is counted, for every model at the least and at the most.
COUNTED = ("calls", "input_tokens", "output_tokens")

#: Stands in for a store's secret, which only fences depend on: all are equally long.
_NO_SECRET = "0" * 32
#: A request of ordinary length.
_ORDINARY = "word " * 25

NOTES = (
    "at the least: every batch is new, whole and read at once, and the first members asked grade it",
    "at the most: every member before the last refuses every batch, each question needs both remedies, every member grades; "
    "batches that bring nothing new come on top",
    "what the folder's ledger holds is not paid for again: it is not taken off",
)


def estimated(settings: GenerationSettings) -> dict[str, Any]:
    """Calls, tokens and cost by model, each as least and most; `cost` is null where a price is unknown."""
    library = open_library(settings.prompts)
    committee = load_committee(settings.committee, library)
    commissions = streams_of(settings, library)
    reckoner = _Reckoner(settings, Scribe(library, _NO_SECRET), seats_of(committee.panel.seats))
    demands: dict[str, Demand] = defaultdict(Demand)
    for commission in commissions:
        for model, demand in reckoner.of_stream(commission):
            demands[model] += demand
    price_of = prices(load_models(settings.models) if settings.models else None)
    models = {}
    for model, demand in demands.items():
        price = price_of(model)
        both = (demand.least, demand.most)
        models[model] = {
            **{name: [round(getattr(load, name)) for load in both] for name in COUNTED},
            "cost": None if price is None else [price.of(load.input_tokens, load.output_tokens) for load in both],
        }
    return {"dry_run": True, "streams": len(commissions), "models": models, "notes": list(NOTES)}


class _Reckoner:
    """Reckons what one stream asks of every member, from prompts really rendered."""

    def __init__(self, settings: GenerationSettings, scribe: Scribe, seats: tuple[Seat, ...]) -> None:
        self._settings, self._scribe, self._seats = settings.queries, scribe, seats

    def of_stream(self, commission: Commission) -> list[tuple[str, Demand]]:
        """Every member's share is the same: who begins differs from stream to stream."""
        batches = -(-self._settings.pool // self._settings.batch)
        gradings = batches * -(-self._settings.batch // self._settings.together)
        members = len(self._seats)
        return [
            (
                seat.juror.model,
                _asked(seat, self._writing(seat, commission), batches / members, batches)
                + _asked(seat, self._scoring(seat, commission), gradings * self._settings.scorers / members, gradings),
            )
            for seat in self._seats
        ]

    def _writing(self, seat: Seat, commission: Commission) -> int:
        existing = (_ORDINARY,) * min(self._settings.shown, self._settings.pool)
        asked = writing_request(self._scribe, seat, commission, number=1, count=self._settings.batch, existing=existing)
        return _tokens(asked, batch_form().schema)

    def _scoring(self, seat: Seat, commission: Commission) -> int:
        count = min(self._settings.together, self._settings.batch)
        queries = tuple(commission.query(Draft(text=f"{_ORDINARY}{number}", author="")) for number in range(count))
        return _tokens(scoring_request(self._scribe, seat, queries), scores_form(count).schema)


def _tokens(request: Request, schema: dict[str, Any]) -> int:
    return prompt_tokens(request.messages) + text_tokens(canonical_json(schema).decode())


def _asked(seat: Seat, tokens: int, fewest: float, most: float) -> Demand:
    return Demand(Load(1, tokens, SHORTEST) * fewest, with_remedies(seat.juror, tokens) * most)
