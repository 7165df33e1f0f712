"""What a finished run says: one document, written beside the ledger it was derived from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson
from pydantic import ValidationError

from benchmarks.calls import kept_calls
from benchmarks.docket import Docket
from benchmarks.exhibit_counts import ExhibitCounts, exhibit_notes
from benchmarks.gold.corrections import corrected, read_corrections
from benchmarks.gold.section import gold_section
from benchmarks.manifest import ROWS, headlines_in, policy_in, read_manifest, suite_in, truth_in
from benchmarks.metrics import Facts, Judged, Letter, clustered, figures, letter_of
from benchmarks.metrics.causes import Causes
from benchmarks.metrics.earlier import brought_up_to_date
from benchmarks.metrics.headlines import Headline, headline_names, headlines_of
from benchmarks.metrics.intervals import INTERVALS
from benchmarks.results_shape import misshapen
from benchmarks.trial import Kept, Trial, answers_to, in_step, trial_of
from jury.atomic import write_atomically
from jury.errors import InputError
from jury.ledger import Ledger
from jury.records import Case, Rubric, Transcript, Verdict
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
        except OSError as error:
            raise InputError(f"{path} can't be read: {error.strerror}; run the run's command again") from None
        if wrong := misshapen(document):
            raise InputError(f"{path}: {wrong} is not what a run writes there; run its command again")
        if "headlines" not in document:
            document = brought_up_to_date(document, _rubric_in(manifest, folder))
        return cls(folder, document)

    @property
    def metrics(self) -> dict[str, Any]:
        """ASR and SRI with their intervals and bounds, agreement, prevalence."""
        return dict(self.document["metrics"])

    @property
    def suite(self) -> str | None:
        """The suite that the cases belong to, None where they belong to none."""
        named = self.document.get("suite", suite_in(self.manifest))
        return named if isinstance(named, str) else None

    @cached_property
    def headlines(self) -> tuple[Headline, ...]:
        """The figures that head the results, in order; for a run of an earlier release, from the figures that it has."""
        if "headlines" in self.document:
            return tuple(Headline.read(written) for written in self.document["headlines"])
        return headlines_of(self.document, self.rubric, headline_names(self.rubric, *headlines_in(self.manifest)))

    def verdicts(self) -> Iterator[Verdict]:
        """Every verdict, in the order of the source. Raises `InputError` that names a line that holds none."""
        path = self.folder / VERDICTS
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                try:
                    verdict = Verdict.from_json(line)
                except ValidationError:
                    raise InputError(f"{path} line {number} is no verdict; jury verify says more") from None
                yield verdict

    def trials(self) -> Iterator[Trial]:
        """Every finished case with its answers and its verdict, in the order of the source, one at a time."""
        with kept_calls(self.folder) as calls:
            for case, verdict in in_step(calls.cases(self.document["run"]), self.verdicts()):
                yield trial_of(case, verdict, calls.completion)

    def transcript(self, verdict: Verdict) -> Transcript:
        """What a verdict was found on: the case and the answers, recorded or as the target gave them."""
        with kept_calls(self.folder) as calls:
            return trial_of(calls.case(self.document["run"], verdict.case_id), verdict, calls.completion).transcript

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What was run, with what."""
        return read_manifest(self.folder)

    @cached_property
    def rubric(self) -> Rubric:
        """The rubric that the answers were judged by."""
        return _rubric_in(self.manifest, self.folder)

    def truth(self, case: Case) -> str | None:
        """The choice that people's final label of a recorded answer means; None of what a target or a file said anew."""
        return truth_in(self.manifest, self.rubric, case)

    def to_pandas(self) -> Any:
        """One row a case as a pandas `DataFrame`, with the columns of `benchmarks.export.columns`; needs `[export]`."""
        from benchmarks.export.frames import frame

        return frame(self)

    def judged(self) -> list[Judged]:
        """What figures are made of, with the clusters of the cases, in the order of their ids: not what is kept apart."""
        with kept_calls(self.folder) as calls:
            cases = calls.cases(self.document["run"])
            return clustered(
                Judged(wordless(verdict), self.truth(case), Facts.of(case, self.suite))
                for case, verdict in in_step(cases, self.verdicts())
                if verdict.outcome.state != "blocked"
            )


def summed_up(folder: Path, ledger: Ledger, run: str, manifest: dict[str, Any], docket: Docket) -> Results:
    """The results of a run whose cases all have a verdict, derived from its ledger and written to its folder."""
    lines = (verdict.to_json() + b"\n" for verdict in ledger.verdicts(run))
    write_atomically(folder / VERDICTS, lines, private=True)
    source, rubric, begun = docket.source, docket.jury.rubric, read_manifest(folder)
    corrections, labels = read_corrections(folder), {}
    exhibits = ExhibitCounts(policy_in(manifest), docket.jury, asked=manifest["target"] is not None)
    judged, causes = [], Causes(docket.jury)
    for case, verdict in in_step(ledger.cases(run), ledger.verdicts(run)):
        exhibits.judged(case, verdict)
        known = corrected(case, corrections)
        labels[case.id] = known.final_label
        judged.append(_judged(known, verdict, docket, ledger.call))
        causes.note(verdict)
    gold = gold_section(labels, docket.gold, rubric) if docket.labelled else None
    sections = figures(judged, rubric)
    headlines = headlines_of(sections, rubric, headline_names(rubric, source.rubric, source.headlines))
    document = {
        "run": run,
        "complete": len(judged) == len(ledger.case_ids(run)),
        "rehearsal": any(one.verdict.rehearsal for one in judged),
        **_headings(manifest),
        **({"rubric_choice": begun["rubric_choice"]} if "rubric_choice" in begun else {}),
        "intervals": INTERVALS,
        "suite": source.suite,
        "headlines": [one.document() for one in headlines],
        **sections,
        **({"gold": gold} if gold else {}),
        **({ROWS: docket.source.rows.document()} if docket.source.rows else {}),
        **({"exhibits": exhibits.section} if exhibits.section else {}),
        **({"withdrawn": withdrawn} if (withdrawn := len(ledger.withdrawn(run))) else {}),
        "causes": causes.section(),
        "usage": ledger.usage(run).model_dump(mode="json"),
    }
    write_atomically(folder / RESULTS, [orjson.dumps(document, option=orjson.OPT_INDENT_2)])
    return Results(folder, document)


def count_notes(document: Mapping[str, Any]) -> tuple[str, ...]:
    """What a reader must know of the cases behind a run's figures, a sentence each: withdrawn ones, exhibits not shown."""
    number = document.get("withdrawn")
    told = isinstance(number, int) and number
    withdrawn = (f"{number:,} cases withdrawn from the source are not counted",) if told else ()
    return (*withdrawn, *exhibit_notes(document))


def _rubric_in(manifest: Mapping[str, Any], folder: Path) -> Rubric:
    try:
        return Rubric.model_validate((manifest["jury"] or {})["rubric"])
    except (ValidationError, KeyError):
        raise InputError(f"{folder}: the rubric in its manifest can't be read; was it altered?") from None


def _judged(case: Case, verdict: Verdict, docket: Docket, kept: Kept) -> Judged:
    letter = None
    if case.metadata.get("options"):
        letter = letter_of(case, next(reversed(answers_to(case, verdict, kept)), None))
        void = verdict.outcome.blocked is not None and verdict.outcome.state == "invalid"
        letter = Letter("invalid") if letter and void else letter
    return Judged(wordless(verdict), docket.truth(case), Facts.of(case, docket.source.suite), letter)


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
