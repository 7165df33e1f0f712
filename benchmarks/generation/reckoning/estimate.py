"""The estimate of a sitting: calls, tokens and cost by model."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, cast

from benchmarks.demand import Demand
from benchmarks.generation.plan import read_plan
from benchmarks.generation.planning import planned, seated
from benchmarks.generation.reckoning import making, queries, taxonomy
from benchmarks.generation.reckoning.line import NO_SECRET, Line
from benchmarks.generation.settings import GenerationSettings
from benchmarks.generation.texts import texts_of_set
from jury.committee.assembly import Assembly
from jury.gateway.call import Gateway
from jury.gateway.route.abilities import load_models
from jury.gateway.spending.making_costs import CostOfMaking, making_costs
from jury.gateway.spending.prices import PriceOf, prices
from prompts import Library

#: What is counted, for every model at the least and at the most.
COUNTED = ("calls", "input_tokens", "output_tokens")

_ALWAYS = ("what the folder's ledger holds is not paid for again: it is not taken off",)

#: Least and most, in US dollars; None where a price is unknown.
_Cost = tuple[float, float] | None


def estimated(settings: GenerationSettings) -> dict[str, Any]:
    """Calls, tokens and cost by model, each as least and most; `cost` is null where a price is unknown."""
    library, facts = texts_of_set(settings).library, load_models(settings.models) if settings.models else None
    price_of, cost_of = prices(facts), making_costs(facts)
    demands: dict[str, Demand] = defaultdict(Demand)
    costs: dict[str, list[_Cost]] = defaultdict(list)
    for line in _lines(settings, library):
        demands[line.model] += line.demand
        costs[line.model].append(_cost(line, price_of, cost_of))
    models = {
        model: {
            **{name: [round(getattr(load, name)) for load in (demand.least, demand.most)] for name in COUNTED},
            "cost": _sum(costs[model]),
        }
        for model, demand in demands.items()
    }
    return {"dry_run": True, "models": models, "notes": [*_notes(settings), *_ALWAYS]}


def _lines(settings: GenerationSettings, library: Library) -> Iterator[Line]:
    if settings.taxonomy is not None:
        committee = seated(settings, read_plan(settings.out), library)
        # Nobody is asked: a gateway is needed for asking only.
        yield from taxonomy.of_taxonomy(
            Assembly(committee, cast("Gateway", None), library, NO_SECRET, settings.taxonomy)
        )
    if settings.queries is None and settings.images is None and settings.speech is None:
        return
    plan = planned(settings, library)
    if settings.queries is not None:
        yield from queries.of_queries(plan, tuple(plan.wanted), library)
    if settings.images is not None:
        yield from making.of_images(plan, settings.images, library)
    if settings.speech is not None:
        yield from making.of_speech(plan, settings.speech, library)


def _cost(line: Line, price_of: PriceOf, cost_of: CostOfMaking) -> _Cost:
    least, most = line.demand.least, line.demand.most
    if line.makes is not None:
        each = cost_of(line.model, line.makes, line.words)
        return None if each is None else (each * least.calls, each * most.calls)
    price = price_of(line.model, line.api_base)
    return (
        None
        if price is None
        else (
            price.of(least.input_tokens, least.output_tokens),
            price.of(most.input_tokens, most.output_tokens),
        )
    )


def _sum(costs: Iterable[_Cost]) -> list[float] | None:
    known = list(costs)
    if any(cost is None for cost in known):
        return None
    return [sum(cost[place] for cost in known if cost) for place in (0, 1)]


def _notes(settings: GenerationSettings) -> Iterator[str]:
    if settings.taxonomy is not None:
        yield from taxonomy.NOTES
    if settings.queries is not None:
        yield from queries.NOTES
    if settings.images is not None or settings.speech is not None:
        yield from making.NOTES
