"""Finished runs that many tests look at and none changes."""

from pathlib import Path

import pytest
import report_runs


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report_runs.plain_run(tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report_runs.hostile_run(tmp_path_factory.mktemp("hostile"))
