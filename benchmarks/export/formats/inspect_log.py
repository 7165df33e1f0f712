"""Inspect's log format, so that `inspect view` opens a run (https://inspect.aisi.org.uk/eval-logs.html)."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.export.formats.registry import export_format
from benchmarks.export.inspecting import Inspecting
from benchmarks.extras import library
from benchmarks.results import RESULTS, Results
from jury.atomic import taking_its_place
from jury.errors import InputError

#: The endings of Inspect's two formats.
_SUFFIXES = (".eval", ".json")

#: What a log states of its run.
_STATED = ("run", "jury", "protocol", "rule", "rubric", "same_family", "rehearsal")


@export_format("inspect")
def as_inspect(results: Results, path: Path) -> None:
    """One sample a case, scored by the jury and by every juror; needs the extra `[inspect]`.

    Images and clips stay where they are: they are named by their files within the run's folder. All samples are held in
    memory, since Inspect writes a log at once. Raises `InputError` for a file that ends neither in .eval nor in .json.
    """
    if path.suffix not in _SUFFIXES:
        raise InputError(f"{path}: Inspect's logs end in {' or '.join(_SUFFIXES)}; name the file so")
    log = _log(results, library("inspect_ai.log", extra="inspect"))
    with taking_its_place(path) as passing:
        library("inspect_ai.log", extra="inspect").write_eval_log(log, str(passing))


def _log(results: Results, inspect: Any) -> Any:
    document = results.document
    when = datetime.fromtimestamp((results.folder / RESULTS).stat().st_mtime, UTC)
    told = Inspecting(results, when)
    return inspect.EvalLog(
        status="success" if document["complete"] else "cancelled",
        eval=_spec(results, inspect, when),
        plan=inspect.EvalPlan(name="jury", steps=[inspect.EvalPlanStep(solver=document["protocol"])]),
        results=inspect.EvalResults(
            total_samples=document["counts"]["cases"],
            completed_samples=document["counts"]["cases"] - document["counts"]["invalid"],
            scores=told.scores(inspect),
            metadata={"undecided": {state: document["counts"][state] for state in ("hung", "no_quorum", "invalid")}},
        ),
        stats=inspect.EvalStats(started_at=when.isoformat(), completed_at=when.isoformat()),
        samples=[told.sample(trial) for trial in results.trials()],
    )


def _spec(results: Results, inspect: Any, when: datetime) -> Any:
    document, manifest = results.document, results.manifest
    target = manifest["target"] or {}
    return inspect.EvalSpec(
        eval_id=document["run"],
        run_id=document["run"],
        task_id=document["run"],
        created=when.isoformat(),
        task=document["source"],
        task_display_name=f"REHEARSAL {document['source']}" if document["rehearsal"] else None,
        tags=["rehearsal"] if document["rehearsal"] else None,
        dataset=inspect.EvalDataset(name=document["source"], samples=document["counts"]["cases"]),
        model=document["target"] or "recorded/answers",
        model_base_url=target.get("api_base"),
        config=inspect.EvalConfig(),
        packages=manifest.get("versions", {}),
        metadata={
            **{name: document[name] for name in _STATED},
            **({"exhibits": document["exhibits"]} if "exhibits" in document else {}),
        },
    )
