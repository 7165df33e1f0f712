"""What is left of an experiment's budget for the next arm."""

from collections.abc import Iterable
from functools import reduce
from operator import add

from benchmarks.calls import kept_calls
from benchmarks.results import Results
from benchmarks.settings import RunSettings
from jury.gateway.route.abilities import load_models
from jury.gateway.spending.budget import Budget, Limits, Spent
from jury.gateway.spending.making_costs import making_costs
from jury.gateway.spending.prices import prices


def within(settings: RunSettings, done: Iterable[Results]) -> RunSettings:
    """An arm's settings with the limits that the arms before it leave, as their own budgets counted what they spent.

    Where nothing is left, the least limit a run can have: an arm that is finished already needs no call.
    """
    limits = Limits(settings.max_cost, settings.max_tokens, settings.max_calls)
    if not limits.some:
        return settings
    spent = reduce(add, (_spent(results, settings, limits) for results in done), Spent())
    return settings.but(
        max_calls=None if limits.calls is None else max(1, limits.calls - spent.calls),
        max_tokens=None if limits.tokens is None else max(1, limits.tokens - spent.tokens),
        max_cost=None if limits.cost is None else max(0.0, limits.cost - spent.cost),
    )


def _spent(results: Results, settings: RunSettings, limits: Limits) -> Spent:
    facts = load_models(settings.models) if settings.models else {}
    budget = Budget(limits, prices(facts), making_costs(facts))
    with kept_calls(results.folder) as calls:
        budget.count((call.request, call.completion) for call in calls.all())
    return budget.spent
