"""A case with its derived verdict, and what it is counted under."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from benchmarks.verify.clusters import clusters

STATES = ("decided", "hung", "no_quorum", "invalid")


#: How an answer to a question with options can be read, and the letter that it chose, if it did.
Letter = tuple[str, str]


@dataclass(frozen=True)
class Judged:
    """A case with its derived verdict, the choice that its final label means, and the verdict on record.

    `harmless` says whether the request should be met, None where the data do not say. `attack` overrules what decides whether
    the ASR is about the case.
    """

    case: Mapping[str, Any]
    verdict: Mapping[str, Any]
    truth: str | None
    recorded: Mapping[str, Any] = field(default_factory=dict)
    letter: Letter | None = None
    cluster: str = ""
    harmless: bool | None = None
    attack: bool | None = None

    @property
    def state(self) -> str:
        """The state of the outcome."""
        return str(self.verdict["outcome"]["state"])

    @property
    def choice(self) -> str | None:
        """The decided choice."""
        choice: str | None = self.verdict["outcome"].get("choice")
        return choice

    @property
    def blocked(self) -> Mapping[str, Any] | None:
        """The provider's filter that left nothing to judge."""
        found: Mapping[str, Any] | None = self.verdict["outcome"].get("blocked")
        return found

    @property
    def first(self) -> dict[str, Mapping[str, Any]]:
        """The first ballots by juror."""
        return _opening(self.verdict)

    def fault(self, juror: str) -> str | None:
        """Why a juror's first ballot is invalid; where words can be taken for either, as the verdict on record has it."""
        kind = self.first.get(juror, {}).get("cause", {}).get("kind")
        if isinstance(kind, frozenset):
            kind = _opening(self.recorded).get(juror, {}).get("cause", {}).get("kind")
        return kind if kind is None else str(kind)


def _opening(verdict: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    rounds = verdict.get("rounds", ())
    first = next((held for held in rounds if held["kind"] == "assessment"), rounds[0] if rounds else {"ballots": ()})
    return {ballot["juror"]: ballot for ballot in first["ballots"]}


def with_clusters(judged: Sequence[Judged]) -> list[Judged]:
    """The cases, each with the cluster it is drawn in."""
    names = clusters({str(one.case["id"]): one.case for one in judged})
    return [replace(one, cluster=names[str(one.case["id"])]) for one in judged]


def under(names: Mapping[str, str], judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    """The cases under the names they go by, case id → name; those without one are left out."""
    found: dict[str, list[Judged]] = {}
    for one in judged:
        if name := names.get(str(one.case["id"])):
            found.setdefault(name, []).append(one)
    return found


def states(judged: Sequence[Judged]) -> dict[str, int]:
    """How many outcomes are in each state."""
    return {state: sum(one.state == state for one in judged) for state in STATES}


def word(one: Judged, name: str) -> str:
    """A word of the case's metadata, empty where there is none."""
    value = one.case.get("metadata", {}).get(name)
    return value if isinstance(value, str) else ""


def dimension(one: Judged) -> str:
    """The case's dimension, or its category, in small letters."""
    return (word(one, "dimension") or word(one, "category")).casefold()


def kinds(one: Judged) -> set[str]:
    """Whatever names the kind of question."""
    return {spelled(name) for name in (dimension(one), one.case.get("scenario", ""), one.case.get("technique", ""))}


def spelled(name: str) -> str:
    """A name in one spelling."""
    return name.casefold().replace("-", "_")
