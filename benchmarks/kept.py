"""The answers of a finished run, as further juries take them up."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.docket import Matter
from benchmarks.experiment_file import read_experiment
from benchmarks.folders import JURIES, run_of
from benchmarks.gold.corrections import corrected, read_corrections
from benchmarks.manifest import FILE, ROWS, headlines_in, read_manifest, run_id, suite_in
from benchmarks.settings import JudgeSettings, RunSettings
from benchmarks.sources import Loaded
from benchmarks.sources.bad_rows import RowReport
from benchmarks.sources.labels import label_counts
from jury.errors import InputError
from jury.ledger import Ledger
from jury.ledger.address import LEDGER, address_in, holds_ledger
from jury.records import Case, Target, TemplateRef

#: What a further jury has no say in: the cases, and who answered them how.
_ASKED = tuple(name for name in RunSettings.model_fields if name not in {*JudgeSettings.model_fields, "out"})


@dataclass(frozen=True)
class Kept:
    """A run's id, and what there is to judge; `stated` are the settings under which the target was asked."""

    run: str
    matter: Matter
    stated: Mapping[str, Any]

    def settings(self, jury: JudgeSettings, out: Path) -> RunSettings:
        """The settings of the run that this jury's would be if it had sat from the start."""
        asked = {name: self.stated[name] for name in _ASKED if name in self.stated}
        own = {name: getattr(jury, name) for name in JudgeSettings.model_fields if name in RunSettings.model_fields}
        return RunSettings.model_validate({**asked, **own, "out": out})


async def kept_answers(folder: Path) -> Kept:
    """The answers in a run's folder. Raises `InputError` where there is none, or not every case has one yet."""
    if (above := run_of(folder)) is not None:
        raise InputError(f"{folder} is a jury's; name the run whose answers it has judged, {above}")
    manifest = read_manifest(folder)
    if not holds_ledger(folder):
        raise InputError(f"{folder} holds no {LEDGER}; its answers are there")
    name = run_id(manifest)
    ledger = Ledger.open(address_in(folder))
    try:
        corrections = read_corrections(folder)
        cases = tuple(corrected(case, corrections) for case in ledger.cases(name))
        waiting = {case.id for case in cases} - ledger.answered(name) if manifest["target"] else frozenset()
    finally:
        await ledger.close()
    if waiting:
        raise InputError(
            f"{folder} is not finished: {len(waiting)} of {len(cases)} cases have no answer yet; run its command again"
        )
    return Kept(name, _matter(manifest, cases, folder), read_experiment(folder / FILE, texts=False))


def jury_folder(run: Path, name: str) -> Path:
    """Where a further jury of a run keeps what it finds."""
    return run / JURIES / name


def _matter(manifest: Mapping[str, Any], cases: tuple[Case, ...], folder: Path) -> Matter:
    known = manifest.get("data") or {}
    # A run may have grown since it was written down.
    counts = {**dict.fromkeys(known.get("labels", ()), 0), **label_counts(cases)}
    source = Loaded.of(manifest["source"], cases, counts=counts)
    target = Target.model_validate(manifest["target"]) if manifest["target"] else None
    wrapper = {name: TemplateRef.model_validate(ref) for name, ref in manifest.get("wrapper", {}).items()}
    place = str(manifest["settings"].get("source", folder))
    rubric, rehearsal = known.get("rubric", source.rubric), known.get("rehearsal", source.rehearsal)
    told = Loaded(
        source.name,
        cases,
        counts,
        rubric=rubric,
        rubric_reason=str(known.get("rubric_reason") or ""),
        rehearsal=rehearsal,
        suite=suite_in(manifest),
        headlines=headlines_in(manifest)[1],
        rows=RowReport.read(manifest.get(ROWS) or {}),
    )
    return Matter(place, told, target, wrapper, str(manifest.get("answers", "")))
