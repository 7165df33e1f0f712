"""What a finished run says: one document, written beside the ledger it was derived from."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from benchmarks.docket import Docket
from benchmarks.folders import store_of
from benchmarks.manifest import read_manifest
from benchmarks.metrics import Judged, figures
from jury.asking import kept_answer
from jury.atomic import write_atomically
from jury.errors import InputError
from jury.ledger import Ledger
from jury.means import LEDGER
from jury.records import Transcript, Verdict
from jury.verdicts import wordless

RESULTS = "results.json"
VERDICTS = "verdicts.jsonl"


@dataclass(frozen=True)
class Results:
    """A run's figures. `document` is what `--json` prints: panel, jurors, metrics, counts, usage and what was run."""

    folder: Path
    document: dict[str, Any]

    @classmethod
    def read(cls, folder: Path) -> "Results":
        """The results in a run's folder. Raises `InputError` where there are none."""
        manifest, path = read_manifest(folder), folder / RESULTS
        try:
            document = orjson.loads(path.read_bytes())
        except FileNotFoundError:
            if manifest["jury"] is None:
                raise InputError(
                    f"{folder} holds answers that no jury has judged; judge them with jury judge"
                ) from None
            raise InputError(f"{folder} holds no {RESULTS}: the run is not finished; run its command again") from None
        except orjson.JSONDecodeError as error:
            raise InputError(f"{path} is not valid JSON: {error}") from None
        return cls(folder, document)

    @property
    def metrics(self) -> dict[str, Any]:
        """ASR and SRI with their intervals and bounds, agreement, prevalence."""
        return dict(self.document["metrics"])

    def verdicts(self) -> Iterator[Verdict]:
        """Every verdict, in the order of the source."""
        with (self.folder / VERDICTS).open("rb") as lines:
            for line in lines:
                yield Verdict.from_json(line)

    def transcript(self, verdict: Verdict) -> Transcript:
        """What a verdict was found on: the case and the answers, recorded or as the target gave them."""
        ledger = Ledger.open(store_of(self.folder) / LEDGER)
        case = ledger.case(self.document["run"], verdict.case_id)
        if not verdict.answers:
            return Transcript.recorded(case)
        answers = tuple(kept_answer(ledger.call(key), key) for key in verdict.answers)
        return Transcript(case=case, target=verdict.target, answers=answers)


def summed_up(folder: Path, ledger: Ledger, run: str, manifest: dict[str, Any], docket: Docket) -> Results:
    """The results of a run whose cases all have a verdict, derived from its ledger and written to its folder."""
    lines = (verdict.to_json() + b"\n" for verdict in ledger.verdicts(run))
    write_atomically(folder / VERDICTS, lines)
    facts = {case.id: (docket.truth(case), case.group, case.scenario) for case in ledger.cases(run)}
    judged = [Judged(wordless(verdict), *facts[verdict.case_id]) for verdict in ledger.verdicts(run)]
    document = {
        "run": run,
        "complete": len(judged) == len(facts),
        "rehearsal": any(one.verdict.rehearsal for one in judged),
        **_headings(manifest),
        **figures(judged, docket.jury.rubric),
        "usage": ledger.usage(run).model_dump(mode="json"),
    }
    write_atomically(folder / RESULTS, [orjson.dumps(document, option=orjson.OPT_INDENT_2)])
    return Results(folder, document)


def _headings(manifest: dict[str, Any]) -> dict[str, Any]:
    jury = manifest["jury"]
    return {
        "source": manifest["source"],
        "target": manifest["target"]["model"] if manifest["target"] else None,
        "jury": jury["name"],
        "protocol": jury["protocol"]["name"],
        "rule": jury["rule"]["name"],
        "rubric": jury["rubric"]["name"],
        "same_family": manifest["same_family"],
    }
