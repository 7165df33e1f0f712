"""The check shares nothing with what it checks."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import verify

FOLDER = Path(verify.__file__).parent

#: The random numbers of intervals and of graphs, the reader of broken JSON, the parser of templates: libraries, no part of
#: the run.
LIBRARIES = {"numpy", "networkx", "json_repair", "psycopg", "jinja2"}

#: What the words of an answer say is one program's reading: reading it twice would be two opinions, no check.
READERS = {
    "jury.variants.read_letter",
    "jury.gateway.answers.reader.read_answer",
    "jury.gateway.route.thinking.apart",
    "jury.gateway.answers.form.Form",
    "jury.gateway.answers.form.UnreadableError",
    "jury.ballots.ballot_form",
    "jury.labels.ABSTAIN",
    "jury.records.Rubric",
}

#: An interval's formula is held by tests of its own against scipy and statsmodels; what it is put to is derived here.
INTERVALS = "jury.stats."


def imports(path: Path) -> Iterator[str]:
    """Every imported name with its module, wherever in a file it is imported."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by a relative path"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_its_own(name: str) -> bool:
    root = name.split(".")[0]
    return (
        root in LIBRARIES
        or root in sys.stdlib_module_names
        or name in {"jury.errors.InputError", *READERS}
        or name.startswith(("benchmarks.verify.", INTERVALS))
    )


def test_the_check_imports_no_arithmetic_of_the_run() -> None:
    found = {path.name: [name for name in imports(path) if not is_its_own(name)] for path in FOLDER.glob("*.py")}

    assert len(found) > 10
    assert {name: strays for name, strays in found.items() if strays} == {}


def test_the_check_imports_nothing_by_a_name_in_a_string() -> None:
    for path in FOLDER.glob("*.py"):
        called = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        names = {ast.unparse(function) for function in called}
        assert names.isdisjoint({"__import__", "importlib.import_module", "import_module", "eval", "exec"})
