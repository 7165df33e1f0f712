"""Another package of the same name never stands in for ours unnoticed."""

import hashlib
import os
import shutil
import subprocess
import sys
from base64 import urlsafe_b64encode
from pathlib import Path
from types import ModuleType

import pytest

from jury import shadowing
from jury.errors import InputError
from jury.shadowing import require_own

ROOMS = ("prompts", "graphs", "benchmarks")
STUB_OF_THE_COMMAND = "def main():\n    print('the command ran')\n"


@pytest.fixture
def first_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where Python looks first, in a process that has not imported `graphs` yet."""
    monkeypatch.delitem(sys.modules, "graphs", raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def test_the_packages_of_this_distribution_are_its_own() -> None:
    require_own(*ROOMS)


def test_looking_imports_nothing(first_on_path: Path) -> None:
    require_own("graphs")

    assert "graphs" not in sys.modules


@pytest.mark.parametrize("intruder", ["graphs.py", "graphs/__init__.py"])
def test_a_package_of_the_same_name_that_comes_first_is_named_with_its_path(first_on_path: Path, intruder: str) -> None:
    planted = first_on_path / intruder
    planted.parent.mkdir(exist_ok=True)
    planted.touch()

    with pytest.raises(InputError, match="fresh virtual environment") as refused:
        require_own("prompts", "graphs")

    assert str(refused.value).startswith(f"{planted.resolve()} shadows the package `graphs`")
    assert "\n" not in str(refused.value)


def test_a_folder_without_python_code_shadows_nothing(first_on_path: Path) -> None:
    (first_on_path / "graphs").mkdir()

    require_own("graphs")


def test_an_intruder_without_a_spec_that_was_imported_before_us_is_found_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "graphs", ModuleType("graphs"))

    with pytest.raises(InputError, match="`import graphs` does not give"):
        require_own("graphs")


@pytest.mark.parametrize("left", ["lounge/deliberation.py", "cellar/deliberation.py"])
def test_a_package_that_lost_its_start_is_not_taken_for_whole(
    first_on_path: Path, monkeypatch: pytest.MonkeyPatch, left: str
) -> None:
    """As after `pip uninstall` of a distribution that had written over ours, or with nothing left at all."""
    monkeypatch.setattr(shadowing, "HOME", first_on_path.resolve())
    (first_on_path / left).parent.mkdir()
    (first_on_path / left).touch()

    with pytest.raises(InputError, match="`import lounge` does not give"):
        require_own("lounge")


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A site-packages as an installer leaves it: the front door, empty rooms, and a RECORD of their hashes."""
    site = tmp_path / "site-packages"
    shutil.copytree(shadowing.HOME / "jury", site / "jury", ignore=shutil.ignore_patterns("__pycache__"))
    for room in ROOMS:
        (site / room).mkdir()
        (site / room / "__init__.py").touch()
    (site / "benchmarks" / "cli.py").write_text(STUB_OF_THE_COMMAND)
    notes = site / "multimodal_jury-9.dist-info"
    notes.mkdir()
    (notes / "METADATA").write_text("Metadata-Version: 2.1\nName: multimodal-jury\nVersion: 9\n")
    empty = urlsafe_b64encode(hashlib.sha256(b"").digest()).rstrip(b"=").decode()
    (notes / "RECORD").write_text("".join(f"{room}/__init__.py,sha256={empty},0\n" for room in ROOMS))
    return site


def run_command(site: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """`python -m jury` with the packages of `site`, from a folder, which Python itself puts first on `sys.path`."""
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "jury"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_command_runs_where_nothing_shadows_it(installed: Path, tmp_path: Path) -> None:
    finished = run_command(installed, tmp_path)

    assert (finished.returncode, finished.stdout) == (0, "the command ran\n")


@pytest.mark.parametrize("room", ROOMS)
def test_the_command_in_a_folder_with_an_intruder_says_one_sentence(installed: Path, tmp_path: Path, room: str) -> None:
    (tmp_path / f"{room}.py").write_text("raise SystemExit('the intruder ran')")

    finished = run_command(installed, tmp_path)

    assert finished.returncode == 2
    assert finished.stdout == ""
    assert finished.stderr.startswith(f"jury: {(tmp_path / room).resolve()}.py shadows")
    assert finished.stderr.count("\n") == 1


def test_the_command_notices_a_package_that_another_distribution_wrote_over(installed: Path, tmp_path: Path) -> None:
    (installed / "graphs" / "__init__.py").write_text("import networkx\n")

    finished = run_command(installed, tmp_path)

    assert finished.returncode == 2
    assert finished.stderr.count("\n") == 1
    assert "overwritten by another distribution" in finished.stderr


def test_bad_input_found_by_the_command_ends_in_the_same_one_sentence(installed: Path, tmp_path: Path) -> None:
    stub = "from jury.errors import InputError\ndef main():\n    raise InputError('cases.csv row 3: no prompt')\n"
    (installed / "benchmarks" / "cli.py").write_text(stub)

    finished = run_command(installed, tmp_path)

    assert (finished.returncode, finished.stderr) == (2, "jury: cases.csv row 3: no prompt\n")
