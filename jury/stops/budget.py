"""Deliberation ends once a trial has cost enough: it is never cut off in the middle of a round."""

from math import inf

from jury.stops.registry import STOPS, Standing


@STOPS.add("budget")
def budget(standing: Standing, tokens: float = inf, calls: float = inf, cost: float = inf) -> bool:
    """The trial's calls have reached so many tokens (in and out), so many calls, or US dollars.

    An unknown price is no price: a limit in dollars is then reached at once.
    """
    spent = standing.usage
    dear = cost < inf and (spent.cost is None or spent.cost >= cost)
    return dear or spent.calls >= calls or spent.input_tokens + spent.output_tokens >= tokens
