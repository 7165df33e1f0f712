"""Fixtures every room's tests share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

ROOT = Path(__file__).parent.parent

#: For tests of the plugin that suites of other people load.
pytest_plugins = ["pytester"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests first: workers that take files in turn then end at about the same time."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Recorded ballots and human labels; absent outside the project's own workplace."""
    folder = Path(os.environ.get("JURY_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"recorded data are not at {folder}; set JURY_DATA to their folder")
    return folder


@pytest.fixture(autouse=True)
def log_of_its_own() -> Iterator[None]:
    """A log that one test sends to its captured output must not reach into the next test's."""
    yield
    structlog.reset_defaults()
