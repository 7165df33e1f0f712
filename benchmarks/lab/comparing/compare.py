"""A comparison of protocols, from its file to its document and its picture."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from benchmarks.lab.comparing.arms import read_arms
from benchmarks.lab.comparing.figures import Found, differences, row_of
from benchmarks.lab.comparing.holding import Held, Watching, hold_all, unwatched
from benchmarks.lab.comparing.plot import quality_against_cost
from benchmarks.settings import RunSettings
from jury.atomic import write_atomically
from jury.gateway.transport import Transport

DOCUMENT, PLOT = "comparison.json", "quality-vs-cost.svg"

_REHEARSAL = "REHEARSAL: scripted models took part; nothing here is evidence."


@dataclass(frozen=True)
class Comparison:
    """What a comparison found, and where it is kept."""

    folder: Path
    document: dict[str, Any]


async def compared(
    protocols: Path,
    settings: RunSettings,
    *,
    budget: str | None = None,
    controls: bool = True,
    matched: bool = True,
    watching: Watching = unwatched,
    transport: Transport | None = None,
) -> Comparison:
    """Hold the protocols of a file on labelled cases and compare them. Raises `InputError` and `StoppedEarlyError`."""
    arms = read_arms(protocols, budget)
    held = await hold_all(arms, settings, controls=controls, matched=matched, watching=watching, transport=transport)
    document = document_of(held, budget)
    note = _REHEARSAL if document["rehearsal"] else ""
    write_atomically(settings.out / DOCUMENT, [orjson.dumps(document, option=orjson.OPT_INDENT_2)])
    write_atomically(settings.out / PLOT, [quality_against_cost(document["protocols"], note).encode()])
    return Comparison(settings.out, document)


def document_of(held: Held, budget: str | None) -> dict[str, Any]:
    """The comparison as plain values: a row for every arm, and paired differences to the first."""
    found = [Found(arm, results) for arm, results in held]
    controls = {one.arm.of: one for one in found if one.arm.kind == "control"}
    return {
        "source": found[0].results.document["source"],
        "rehearsal": any(one.results.document["rehearsal"] for one in found),
        "budget": budget,
        "baseline": found[0].arm.name,
        "protocols": [row_of(one, controls.get(one.arm.name)) for one in found],
        "differences": differences(found) if len(found) > 1 else [],
    }
