"""The wheel, built from the source archive and installed where nothing else is, gives a working `jury` command."""

import json
import os
import subprocess
import sys
import tarfile
import tomllib
import venv
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("benchmarks", "graphs", "jury", "prompts")
BUILDERS = tomllib.loads((ROOT / "pyproject.toml").read_text())["build-system"]["requires"]

#: What an installation without extras may grow to: distributions beside ours, and MB on disk without compiled files.
MOST_DISTRIBUTIONS, MOST_MB = 120, 700

pytestmark = pytest.mark.slow


def run(*command: str | Path, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A finished command, run in a folder that has nothing to do with the project."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        command, cwd=folder, env=clean | environment, capture_output=True, text=True, timeout=300, check=False
    )


def pip(*arguments: str | Path, folder: Path) -> None:
    finished = run(sys.executable, "-m", "pip", *arguments, folder=folder)
    assert finished.returncode == 0, finished.stderr


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive, as the build's back-end makes it of the source tree."""
    folder = tmp_path_factory.mktemp("sdist")
    pip("install", "--quiet", "--target", folder / "builder", *BUILDERS, folder=folder)
    build = f"from hatchling.build import build_sdist; build_sdist({str(folder)!r})"
    finished = run(sys.executable, "-c", build, folder=ROOT, PYTHONPATH=str(folder / "builder"))
    assert finished.returncode == 0, finished.stderr
    return next(folder.glob("*.tar.gz"))


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source archive: so both are whole."""
    folder = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--quiet", "--no-deps", "--wheel-dir", folder, sdist, folder=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def commands(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a virtual environment that holds the wheel and what it depends on, nothing else."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder, with_pip=False, symlinks=True)
    pip("--python", folder / "bin" / "python", "install", "--quiet", wheel, folder=folder)
    return folder / "bin"


def source_files() -> set[str]:
    """Every file of the four packages, but not what Python and the desktop leave behind."""
    paths = (path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file())
    names = (path.relative_to(ROOT) for path in paths)
    return {name.as_posix() for name in names if "__pycache__" not in name.parts and not name.name.startswith(".")}


def test_the_wheel_holds_every_file_of_the_four_packages_and_no_other(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}

    assert held == source_files()


def test_the_source_archive_holds_the_packages_their_tests_and_what_is_read_of_them(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}

    assert source_files() <= held
    assert {
        "pyproject.toml",
        "README.md",
        "CHANGELOG.md",
        "LICENSE",
        "Makefile",
        "tests/conftest.py",
        "docs/index.md",
    } <= held
    assert not any(part.startswith(".venv") or part == "__pycache__" for name in held for part in name.split("/"))


def test_an_installation_without_extras_stays_within_what_is_said_of_it(commands: Path) -> None:
    site = next((commands.parent / "lib").glob("python*/site-packages"))
    distributions = len(list(site.glob("*.dist-info")))
    files = (path for path in site.rglob("*") if path.is_file() and not path.is_symlink() and path.suffix != ".pyc")
    size = sum(path.stat().st_size for path in files) / 1e6

    assert distributions <= MOST_DISTRIBUTIONS, f"{distributions} distributions"
    assert size <= MOST_MB, f"{size:.0f} MB"


@pytest.mark.parametrize("kind", [".py", ".j2", ".yaml"])
def test_the_wheel_holds_code_templates_and_cards(wheel: Path, kind: str) -> None:
    with ZipFile(wheel) as archive:
        assert any(name.endswith(kind) for name in archive.namelist())


def test_the_command_explains_itself(commands: Path, tmp_path: Path) -> None:
    finished = run(commands / "jury", "--help", folder=tmp_path)

    assert finished.returncode == 0, finished.stderr
    assert "demo" in finished.stdout


def test_the_demo_runs_without_a_key_from_any_folder(commands: Path, tmp_path: Path) -> None:
    finished = run(commands / "jury", "demo", "--json", folder=tmp_path)

    assert finished.returncode == 0, finished.stderr
    assert isinstance(json.loads(finished.stdout), dict)


def test_the_viewer_opens_a_run_from_any_folder(commands: Path, tmp_path: Path) -> None:
    held = run(commands / "jury", "demo", "--out", tmp_path / "run", folder=tmp_path)
    assert held.returncode == 0, held.stderr
    command = [commands / "jury", "view", tmp_path / "run", "--cache", tmp_path / "cache", "--json"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = json.loads(server.stdout.readline())["address"]
        try:
            with httpx.Client(follow_redirects=True) as browser:
                base = address.partition("?")[0]
                pages = [
                    browser.get(one).text for one in (address, f"{base}static/viewer.js", f"{base}static/report.css")
                ]
        finally:
            server.terminate()
    assert "20 of 20 heard" in pages[0]
    assert all(pages)


def assert_one_sentence_about(culprit: Path, finished: subprocess.CompletedProcess[str]) -> None:
    assert finished.returncode == 2
    assert finished.stdout == ""
    assert finished.stderr.startswith(f"jury: {culprit.resolve()} shadows")
    assert finished.stderr.count("\n") == 1


def test_a_shadowing_module_on_the_path_gives_one_sentence(commands: Path, tmp_path: Path) -> None:
    intruder = tmp_path / "graphs.py"
    intruder.touch()

    finished = run(commands / "jury", "--help", folder=tmp_path.parent, PYTHONPATH=str(tmp_path))

    assert_one_sentence_about(intruder, finished)


def test_a_shadowing_folder_where_the_module_is_started_gives_one_sentence(commands: Path, tmp_path: Path) -> None:
    intruder = tmp_path / "benchmarks" / "__init__.py"
    intruder.parent.mkdir()
    intruder.touch()

    finished = run(commands / "python", "-m", "jury", "--help", folder=tmp_path)

    assert_one_sentence_about(intruder, finished)


def test_the_command_does_not_mind_what_lies_in_the_folder(commands: Path, tmp_path: Path) -> None:
    (tmp_path / "prompts.py").touch()

    finished = run(commands / "jury", "--help", folder=tmp_path)

    assert finished.returncode == 0, finished.stderr
