"""Two small runs, and what a section shows of the plain one."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import report_runs

from benchmarks.report.archive import Archive, opened
from benchmarks.report.section import Wishes, sections_for


@pytest.fixture(scope="session")
def plain_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report_runs.plain_run(tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="session")
def hostile_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report_runs.hostile_run(tmp_path_factory.mktemp("hostile"))


@pytest.fixture
def archive(plain_run: Path) -> Iterator[Archive]:
    """The plain run, opened."""
    with opened("A", plain_run) as run:
        yield run


@pytest.fixture
def view_of(archive: Archive) -> Callable[..., Any]:
    """What a section shows of the plain run, by the section's name."""

    def viewed(name: str, **wishes: int) -> Any:
        section = sections_for([archive], Wishes(**wishes))[name]
        for heard in archive.judged():
            section.hear(heard)
        return section.view()

    return viewed
