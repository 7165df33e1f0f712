"""Deliberation ends once a trial has cost enough: it is never cut off in the middle of a round."""

from math import inf

from jury.stops.registry import STOPS, Standing


@STOPS.add("budget")
def budget(standing: Standing, tokens: float = inf, calls: float = inf, cost: float = inf) -> bool:
    """The trial's calls have reached so many tokens (in and out), so many calls, or US dollars.

    What is unknown is not nothing: a limit in dollars is reached at once without a price, one in tokens after a call
    whose server told of none.
    """
    spent = standing.usage
    dear = cost < inf and (spent.cost is None or spent.cost >= cost)
    long = tokens < inf and (spent.tokens is None or spent.tokens >= tokens)
    return dear or long or spent.calls >= calls
