"""By the source alone: nothing that is read can run, and nothing that is rendered can act."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2.sandbox import ImmutableSandboxedEnvironment

from jury.bounded_templates import BoundedEnvironment

ROOT = Path(__file__).parent.parent
ROOMS = ("benchmarks", "graphs", "jury", "prompts")
TREES = {path: ast.parse(path.read_text()) for room in ROOMS for path in (ROOT / room).rglob("*.py")}

#: Modules that make objects, or run code, out of bytes.
MAKERS = {"pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "code", "codeop", "runpy", "pty"}

#: Letters between a process and workers it started itself, over their own pipes: nothing that anybody else wrote.
BETWEEN_OWN_PROCESSES = {("benchmarks/engines/distant/line.py", "pickle")}

#: What renders templates: a sandbox, by itself or with a bound on its steps.
SANDBOXES = {"ImmutableSandboxedEnvironment", "BoundedEnvironment"}

#: Jinja environments that render nothing: they read a template's text or its parse.
PARSING = {
    ("prompts/__init__.py", "Environment"),
    ("benchmarks/prompting/checking.py", "Environment"),
    ("benchmarks/verify/texts.py", "Environment"),
}


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    """Every call of the four rooms: its file, itself, and the name that is called, as it is written."""
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield path.relative_to(ROOT).as_posix(), node, ast.unparse(node.func)


def stated(call: ast.Call, name: str) -> str | None:
    """An argument by its name, as it is written."""
    return next((ast.unparse(one.value) for one in call.keywords if one.arg == name), None)


def imported() -> Iterator[tuple[str, str]]:
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            yield from ((path.relative_to(ROOT).as_posix(), name.split(".")[0]) for name in names)


def test_nothing_is_unpickled_or_run_from_text():
    assert {found for found in imported() if found[1] in MAKERS} - BETWEEN_OWN_PROCESSES == set()
    builtins = {"eval", "exec", "compile", "__import__", "os.system", "os.popen"}
    assert {(file, name) for file, _, name in calls() if name in builtins} == set()


def test_no_shell_is_started():
    assert [(file, name) for file, call, name in calls() if stated(call, "shell") not in (None, "False")] == []


def test_yaml_is_loaded_safely_and_where_somebody_wrote_it_through_the_one_door():
    loading = {(file, name) for file, _, name in calls() if name.startswith("yaml.") and "load" in name}
    assert loading == {
        ("prompts/yaml_text.py", "yaml.safe_load"),
        ("jury/providers/rehearsal/authors/data.py", "yaml.safe_load"),  # our own files
    }


def test_arrays_are_loaded_without_objects():
    loads = [(file, stated(call, "allow_pickle")) for file, call, name in calls() if name in {"np.load", "numpy.load"}]
    assert loads
    assert {allowed for _, allowed in loads} == {"False"}


def test_templates_are_rendered_in_a_sandbox_or_with_every_value_escaped():
    made = [(file, call, name) for file, call, name in calls() if name.endswith("Environment")]
    assert made
    open_ones = {
        (file, name)
        for file, call, name in made
        if name not in SANDBOXES and stated(call, "autoescape") in (None, "False")
    }
    assert open_ones == PARSING
    assert issubclass(BoundedEnvironment, ImmutableSandboxedEnvironment)


def test_certificates_are_checked():
    assert [(file, name) for file, call, name in calls() if stated(call, "verify") == "False"] == []


def test_every_dependency_is_bounded_above_but_those_numbered_by_year_or_out_of_our_hands():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [one for several in project["optional-dependencies"].values() for one in several]
    unbounded = {one.split(">")[0] for one in [*project["dependencies"], *extras] if "<" not in one.split(";")[0]}
    assert {one.split(">")[0] for one in project["dependencies"]}.isdisjoint(unbounded)
    assert unbounded <= {
        "xllamacpp",
        "pyarrow",
        "torch",
    }  # xllamacpp counts years; the other two raise their first number often


@pytest.mark.parametrize("version", [(3, 11)])
def test_the_oldest_python_that_is_promised_reads_every_file(version):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["requires-python"] == f">={version[0]}.{version[1]}"
    for path in TREES:
        ast.parse(path.read_text(), feature_version=version)


def test_the_version_is_stated_once_and_the_changelog_knows_it():
    from importlib.metadata import version

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    heads = [line for line in (ROOT / "CHANGELOG.md").read_text().splitlines() if line.startswith("## ")]
    assert version("multimodal-jury") == project["version"]
    assert heads[0] == "## Unreleased" or heads[0].startswith(f"## {project['version']}")
    assigned = [
        path
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and "__version__" in map(ast.unparse, node.targets)
    ]
    assert assigned == []
