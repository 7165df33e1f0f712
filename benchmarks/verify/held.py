"""Everything the ledger holds of one case."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.verify.ballots import NOT_ASKED, UNTOLD, Call, silence
from benchmarks.verify.exhibits import given_to_target, lacking
from benchmarks.verify.reading import Row
from benchmarks.verify.usage import Usage, of_call, one_by_one


@dataclass(frozen=True)
class Held:
    """Everything the ledger holds of one case: its record, the keys of the calls by phase, round and seat."""

    case: Mapping[str, Any]
    calls: Mapping[str, Call]
    keys: dict[tuple[str, int], dict[str, list[str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, case: Mapping[str, Any], trials: Iterable[Row], calls: Mapping[str, Call]) -> "Held":
        """The case with its trials in order."""
        held = cls(case, calls)
        for trial in sorted(trials, key=lambda row: (row["round"], row["phase"], row["seat"], row["attempt"])):
            seats = held.keys.setdefault((trial["phase"], trial["round"]), {})
            seats.setdefault(trial["seat"], []).append(trial["call"])
        return held

    def asked(self, phase: str) -> list[tuple[int, dict[str, list[str]]]]:
        """The rounds of a phase, each with the keys of every seat's calls."""
        return sorted((index, seats) for (name, index), seats in self.keys.items() if name == phase)

    def cost(self, seats: Mapping[str, Sequence[str]]) -> list[Usage]:
        """What each seat's calls cost."""
        asked = [[key for key in keys if key != NOT_ASKED] for keys in seats.values()]
        return [one_by_one(of_call(self.calls[key].completion) for key in keys) for keys in asked]


def given_to(held: Held, target: Mapping[str, Any] | None) -> Any:
    """What the target was shown of the case's exhibits; empty where answers were recorded."""
    if target is None:
        return []
    keys = [keys[-1] for _, seats in held.asked("target") for keys in seats.values()]
    if not keys:
        return lacking(held.case)
    answered = "cause" not in answer_of(held, keys[-1])
    return given_to_target(held.case, held.calls[keys[-1]], answered=answered)


def answer_of(held: Held, key: str) -> dict[str, Any]:
    """What a call has brought: words, whole or not, or the cause why there are none, a provider's block among them."""
    completion = held.calls[key].completion
    ended = {name: completion[name] for name in ("filtered", "cut_off") if completion.get(name)}
    text = completion.get("text") or ("" if "filtered" in ended else completion.get("refusal", ""))
    if completion.get("error") is None and text.strip():
        return {"text": text, "call": key, **ended}
    cause = completion.get("error") or {"kind": silence(completion), "detail": UNTOLD}
    if "filtered" in ended:
        return {"state": "blocked", "cause": cause, "call": key, "filtered": ended["filtered"]}
    return {"state": "invalid", "cause": cause, "call": key}
