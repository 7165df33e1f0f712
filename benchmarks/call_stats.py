"""What a ledger's calls add up to, model by model."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.calls import Calls, KeptCall, kept_calls, ledger_at
from jury.usage import in_turn


def call_stats(place: Path) -> dict[str, Any]:
    """Calls, errors by kind, tokens, cost, time and tries of every model, as JSON; `cost` is null where unknown.

    Tokens are those that servers told of: `calls_without_usage` counts the calls of the others.
    `seconds` are those of the last try, over calls that were answered. `repeated` counts calls that differ from
    another in their sample alone. `bytes` is what the ledger takes. Raises `InputError` where there is none.
    """
    with kept_calls(place) as calls:
        listed = list(calls.all())
        unused, size = _unused(calls, listed), calls.size()
    by_model: dict[str, list[KeptCall]] = defaultdict(list)
    for call in listed:
        by_model[call.request.model].append(call)
    return {
        "ledger": str(ledger_at(place)),
        "bytes": size,
        "unused": unused,
        "total": _figures(listed),
        "models": {model: _figures(by_model[model]) for model in sorted(by_model)},
    }


def _unused(calls: Calls, listed: Iterable[KeptCall]) -> int:
    """Calls that no verdict rests on."""
    used = {occasion.key for occasion in calls.occasions()}
    return sum(call.key not in used for call in listed)


def _figures(calls: Sequence[KeptCall]) -> dict[str, Any]:
    usage = in_turn(call.completion.usage for call in calls)
    answered = sorted(call.completion.seconds for call in calls if call.completion.error is None)
    return {
        "calls": len(calls),
        "errors": dict(sorted(Counter(call.completion.error.kind for call in calls if call.completion.error).items())),
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "calls_without_usage": usage.calls_without_usage,
        "cost": usage.cost,
        "seconds": {"median": median(answered) if answered else None, "p95": _p95(answered)},
        "tries": sum(call.completion.tries for call in calls),
        "repeated": _repeated(calls),
        "bytes": sum(call.size for call in calls),
    }


def _p95(ordered: Sequence[float]) -> float | None:
    """The smallest value that at least 95 % of the values don't exceed (nearest rank)."""
    return ordered[-(-95 * len(ordered) // 100) - 1] if ordered else None


def _repeated(calls: Iterable[KeptCall]) -> int:
    questions = Counter(call.request.but(sample=0).key for call in calls)
    return sum(times - 1 for times in questions.values())
