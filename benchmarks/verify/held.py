"""Everything the ledger holds of one case."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.verify.ballots import NOT_ASKED, UNTOLD, Call, silence
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


def answer_of(held: Held, key: str) -> dict[str, Any]:
    """What a call has brought: words, or the cause why there are none."""
    completion = held.calls[key].completion
    text = completion.get("text") or completion.get("refusal", "")
    if completion.get("error") is not None:
        return {"state": "invalid", "cause": completion["error"], "call": key}
    if not text.strip():
        return {"state": "invalid", "cause": {"kind": silence(completion), "detail": UNTOLD}, "call": key}
    return {"text": text, "call": key}
