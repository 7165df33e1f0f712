"""The house's own rules, where no tool holds them."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("benchmarks", "graphs", "jury", "prompts")
LONGEST_FILE = 400

IMPORT_JURY = "import jury"
ASK_FOR_HELP = "sys.argv = ['jury', '--help']; from jury.launch import main; main()"

#: What neither a start nor a help page needs: each takes longer to import than all of our records.
LATE = {
    "numpy",
    "scipy",
    "sklearn",
    "PIL",
    "sqlalchemy",
    "networkx",
    "jinja2",
    "soundfile",
    "starlette",
    "rich",
    "asyncio",
}


def modules_after(statement: str, folder: Path) -> set[str]:
    """The top-level modules a fresh Python holds when a statement is done, or has asked to exit."""
    script = (
        "import atexit, sys\n"
        "atexit.register(lambda: sys.stderr.write(' '.join(sorted({name.split('.')[0] for name in sys.modules}))))\n"
        f"{statement}\n"
    )
    finished = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=True)
    return set(finished.stderr.split())


def test_importing_jury_imports_nothing_heavy(tmp_path: Path) -> None:
    modules = modules_after(IMPORT_JURY, tmp_path)

    assert "jury" in modules
    assert modules.isdisjoint({"litellm", "langgraph", "scipy", "sklearn", "PIL"})


def test_asking_for_help_wakes_no_model_and_no_graph(tmp_path: Path) -> None:
    modules = modules_after(ASK_FOR_HELP, tmp_path)

    assert "benchmarks" in modules
    assert modules.isdisjoint({"litellm", "langgraph", *LATE})


def test_importing_jury_leaves_all_that_is_not_a_record_for_later(tmp_path: Path) -> None:
    assert modules_after(IMPORT_JURY, tmp_path).isdisjoint({"yaml", "typer", *LATE})


def test_importing_jury_enters_no_other_room(tmp_path: Path) -> None:
    assert modules_after(IMPORT_JURY, tmp_path).isdisjoint({"prompts", "graphs", "benchmarks"})


def test_no_file_of_the_house_is_too_long_to_read() -> None:
    files = (path for package in PACKAGES for path in (ROOT / package).rglob("*"))
    lengths = {path: len(path.read_text().splitlines()) for path in files if path.suffix in {".py", ".j2", ".yaml"}}

    assert {str(path): length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_code_lives_in_the_four_rooms_and_their_tests_only() -> None:
    folders = {path.parent.name for path in ROOT.glob("*/*.py") if not path.parent.name.startswith(".")}

    assert folders == {*PACKAGES, "tests"}


def test_the_top_level_holds_what_it_should() -> None:
    stated = {
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "Makefile",
        "langgraph.json",
        "mkdocs.yml",
        ".ci/run",
        ".pre-commit-config.yaml",
    }

    assert {name for name in stated if not (ROOT / name).is_file()} == set()
