"""The check of a finished run: every number derived again from its ledger and laid beside what is recorded."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.verify.answers import answer_findings, summary_of
from benchmarks.verify.comparing import leaf_count
from benchmarks.verify.deriving import derive, verdict_findings, vote_findings
from benchmarks.verify.earlier_figures import NOT_RECOMPUTED, is_earlier
from benchmarks.verify.generated_set import is_set, verify_set
from benchmarks.verify.gold import meaning_findings
from benchmarks.verify.links import broken_links
from benchmarks.verify.naming import Names
from benchmarks.verify.published import (
    foreign_sections,
    line_findings,
    manifest_findings,
    result_findings,
    results_of,
)
from benchmarks.verify.reading import Documents, open_ledger, read_documents, read_manifest
from benchmarks.verify.report import Finding, Report
from benchmarks.verify.run import Run, load_run
from benchmarks.verify.seals import altered_rows
from benchmarks.verify.texts import text_count, text_findings


def verify(folder: Path) -> Report:
    """Check the run, or the generated set, in a folder; nothing is written and no model asked.

    Raises `InputError` where the folder holds nothing that is finished or its files can't be read.
    """
    if is_set(manifest := read_manifest(folder)):
        return verify_set(folder, manifest)
    documents = read_documents(folder)
    checked: dict[str, int] = {}
    with open_ledger(folder, documents) as ledger:
        found = list(altered_rows(ledger, Names(ledger.rows("trials")), checked))
        run = load_run(ledger, documents)
    found += manifest_findings(documents, run)
    found += text_findings(folder, run)
    found += broken_links(run)
    found += answer_findings(run)
    found += (
        _verdicts(documents, run, checked)
        if documents.judged
        else result_findings(documents, run, lambda: summary_of(run, documents))
    )
    found += line_findings(documents, run)
    if run.withdrawn:
        checked["withdrawn cases, which no figure counts"] = len(run.withdrawn)
    if others := run.calls_of_others:
        checked["calls of other runs in the same ledger"] = others
    if unused := run.unused_calls:
        checked["calls that no trial used"] = unused
    if texts := text_count(run):
        checked["texts"] = texts
    checked[f"lines of {documents.lines_file}"] = len(documents.lines)
    checked[f"values in {documents.results_file}"] = leaf_count(documents.results)
    unread = (NOT_RECOMPUTED,) if documents.judged and is_earlier(documents.results, run) else ()
    return Report(folder, checked, _once(found), foreign_sections(documents), unread)


def _verdicts(documents: Documents, run: Run, checked: dict[str, int]) -> Iterator[Finding]:
    derived = derive(run)
    if derived.earlier:
        checked["verdicts that fit the reading of replies by earlier releases"] = len(derived.earlier)
    yield from verdict_findings(run, derived)
    yield from vote_findings(run)
    yield from meaning_findings(run, documents)
    yield from result_findings(documents, run, lambda: results_of(run, derived, documents))


def _once(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(findings))
