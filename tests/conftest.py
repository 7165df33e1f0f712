"""Fixtures every room's tests share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import settings
from postgres import Postgres, new_server

ROOT = Path(__file__).parent.parent

# No test depends on time: a busy machine makes any example slow.
settings.register_profile("jury", deadline=None)
settings.load_profile("jury")

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


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server, started when the first test wants it."""
    server = new_server()
    yield server
    server.stop()
    server.remove()


@pytest.fixture
def database(postgres: Postgres) -> str:
    """The address of a new database."""
    return postgres.database()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest) -> str | None:
    """Where a run keeps its ledger: in its folder, and once more in a database."""
    return None if request.param == "sqlite" else str(request.getfixturevalue("database"))
