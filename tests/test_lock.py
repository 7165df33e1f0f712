"""The lock file installs what `pyproject.toml` asks for, and nothing without a hash."""

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
LOCKED = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
OPTIONAL = [line for lines in PROJECT["optional-dependencies"].values() for line in lines]


@pytest.mark.parametrize("line", [*PROJECT["dependencies"], *OPTIONAL])
def test_every_dependency_is_locked_within_its_bounds(line: str):
    asked = Requirement(line)
    versions = [one["version"] for one in LOCKED if one["name"] == canonicalize_name(asked.name)]

    assert versions, f"{asked.name} is not locked; run `make lock`"
    assert all(asked.specifier.contains(version, prereleases=True) for version in versions), "run `make lock`"


def test_the_lock_was_written_for_the_dependencies_that_the_project_states_now():
    (own,) = [one for one in LOCKED if one["name"] == PROJECT["name"]]
    locked = {one["name"] for one in own["metadata"]["requires-dist"] if "extra ==" not in one.get("marker", "")}

    assert locked == {canonicalize_name(Requirement(line).name) for line in PROJECT["dependencies"]}, "run `make lock`"


def test_every_file_that_may_be_installed_has_a_hash():
    files = [file for one in LOCKED for file in [*one.get("wheels", ()), *([one["sdist"]] if "sdist" in one else [])]]

    assert files
    assert all(file["hash"].startswith("sha256:") and file["url"].startswith("https://") for file in files)


@pytest.mark.parametrize("version", ["1.82.7", "1.82.8"])
def test_no_malicious_release_of_litellm_can_be_installed(version: str):
    (asked,) = [one for one in map(Requirement, PROJECT["dependencies"]) if one.name == "litellm"]

    assert not asked.specifier.contains(version)
    assert version not in {one["version"] for one in LOCKED if one["name"] == "litellm"}
