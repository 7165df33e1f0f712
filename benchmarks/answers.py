"""What a run that only collects answers leaves: every answer with how it was asked for, and what they add up to."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from benchmarks.exhibit_counts import ExhibitCounts
from benchmarks.manifest import ROWS, policy_in, read_manifest
from benchmarks.metrics.causes import LONGEST
from jury.atomic import write_atomically
from jury.errors import InputError
from jury.ledger import Ledger
from jury.records import Answered

ANSWERS = "answers.jsonl"
SUMMARY = "answers.json"


@dataclass(frozen=True)
class Answers:
    """The answers a run has collected. `document` is what `--json` prints: counts, usage and who was asked."""

    folder: Path
    document: dict[str, Any]

    @classmethod
    def read(cls, folder: Path) -> "Answers":
        """The answers in a run's folder. Raises `InputError` where there are none."""
        read_manifest(folder)
        path = folder / SUMMARY
        try:
            return cls(folder, orjson.loads(path.read_bytes()))
        except FileNotFoundError:
            raise InputError(f"{folder} holds no {SUMMARY}: run the command jury answer again") from None
        except orjson.JSONDecodeError as error:
            raise InputError(f"{path} is not valid JSON: {error}") from None

    def __iter__(self) -> Iterator[Answered]:
        """What was said to every case, in the order of the source."""
        with (self.folder / ANSWERS).open("rb") as lines:
            for line in lines:
                yield Answered.from_json(line)


def collected(folder: Path, ledger: Ledger, run: str, manifest: dict[str, Any]) -> Answers:
    """The answers of a run whose cases have all been asked about, written to its folder."""
    write_atomically(folder / ANSWERS, (answered.to_json() + b"\n" for answered in ledger.answers(run)), private=True)
    causes: Counter[str] = Counter()
    examples: dict[str, str] = {}
    counts: Counter[str] = Counter()
    rehearsal = False
    exhibits = ExhibitCounts(policy_in(manifest), asked=True)
    waiting = ledger.cases(run)
    for answered in ledger.answers(run):
        exhibits.answered(next(case for case in waiting if case.id == answered.case_id), answered)
        rehearsal = rehearsal or answered.rehearsal
        counts["blocked" if answered.blocked else "answered" if answered.valid else "invalid"] += 1
        for cause in (one.cause for one in answered.answers if one.cause and one.state == "invalid"):
            causes[cause.kind] += 1
            examples.setdefault(cause.kind, cause.detail[:LONGEST])
    cases = len(ledger.case_ids(run))
    document = {
        "run": run,
        "complete": counts.total() == cases,
        "rehearsal": rehearsal,
        "source": manifest["source"],
        "target": manifest["target"]["model"],
        "counts": {
            "cases": cases,
            "answered": counts["answered"],
            "invalid": counts["invalid"],
            **({"blocked": counts["blocked"]} if counts["blocked"] else {}),
        },
        "causes": dict(sorted(causes.items())),
        "examples": dict(sorted(examples.items())),
        **({ROWS: manifest[ROWS]} if ROWS in manifest else {}),
        **({"exhibits": exhibits.section} if exhibits.section else {}),
        **({"withdrawn": withdrawn} if (withdrawn := len(ledger.withdrawn(run))) else {}),
        "usage": ledger.usage(run).model_dump(mode="json"),
    }
    write_atomically(folder / SUMMARY, [orjson.dumps(document, option=orjson.OPT_INDENT_2)])
    return Answers(folder, document)
