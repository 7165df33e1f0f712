"""Fixtures every room's tests share."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Recorded ballots and human labels; absent outside the project's own workplace."""
    folder = Path(os.environ.get("JURY_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"recorded data are not at {folder}; set JURY_DATA to their folder")
    return folder
