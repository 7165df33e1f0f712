"""The check of a finished run: every number derived again from its ledger and laid beside what is recorded."""

from pathlib import Path

from benchmarks.verify.comparing import leaf_count
from benchmarks.verify.deriving import Derived, derive, verdict_findings
from benchmarks.verify.links import broken_links
from benchmarks.verify.naming import Names
from benchmarks.verify.published import foreign_sections, line_findings, manifest_findings, result_findings
from benchmarks.verify.reading import open_ledger, read_documents
from benchmarks.verify.report import Finding, Report
from benchmarks.verify.run import load_run
from benchmarks.verify.seals import altered_rows


def verify(folder: Path) -> Report:
    """Check the run in a folder; nothing is written and no model asked.

    Raises `InputError` where the folder holds no finished run or its files can't be read.
    """
    documents = read_documents(folder)
    checked: dict[str, int] = {}
    with open_ledger(folder) as ledger:
        found = list(altered_rows(ledger, Names(ledger.rows("trials")), checked))
        run = load_run(ledger, documents)
    derived: Derived = derive(run)
    found += manifest_findings(documents, run)
    found += broken_links(run)
    found += verdict_findings(run, derived)
    found += line_findings(documents, run)
    found += result_findings(documents, run, derived)
    if unused := run.unused_calls:
        checked["calls that no trial of the run used"] = unused
    checked["lines of verdicts.jsonl"] = len(documents.lines)
    checked["values in results.json"] = leaf_count(documents.results)
    return Report(folder, checked, _once(found), foreign_sections(documents))


def _once(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(findings))
