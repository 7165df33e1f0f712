"""Checking a finished run: every number derived again from the ledger, by code that shares nothing with the run's."""

from benchmarks.verify.checking import verify
from benchmarks.verify.report import Finding, Report

__all__ = ["Finding", "Report", "verify"]
