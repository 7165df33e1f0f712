"""The pytest plugin: the fixture `assert_verdict`, whose jury is named once for the whole suite.

Loaded with every start of pytest where the package is installed, also in projects that have packages `benchmarks` or `graphs`
of their own: so it lies in `jury`, nothing heavy is imported, and the last room is entered where a fixture is used.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from jury.errors import InputError
from jury.shadowing import require_own

if TYPE_CHECKING:
    from jury.records import Verdict

#: The settings by name, with what they mean; each is an option `--jury-NAME` and a line `jury_NAME` of the ini file.
_SETTINGS = {
    "protocol": "protocol of the jury behind assert_verdict: a preset or a YAML file (default: trial)",
    "panel": "panel of the jury behind assert_verdict: a preset or a YAML file (default: the one in the protocol's file, "
    "else rehearsal, scripted models)",
    "rubric": "rubric of the jury behind assert_verdict (default: the one in the protocol's file, else safebench)",
}

#: What a test's report is marked with where scripted models judged for it.
_REHEARSED = "jury_rehearsal"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the jury's settings as options and in the ini file."""
    group = parser.getgroup("jury", "juries of language models")
    for name, told in _SETTINGS.items():
        group.addoption(f"--jury-{name}", default=None, help=told)
        parser.addini(f"jury_{name}", told, default="")


@pytest.fixture
def assert_verdict(request: pytest.FixtureRequest) -> Callable[..., "Verdict"]:
    """`assert_verdict(prompt, response, expected="safe")` with the suite's jury, whatever is not said in the call.

    Calls are kept in pytest's cache, so that a test run again over the same answers costs nothing. An ini file's or a
    command line's YAML files are looked for from where pytest was started.
    """
    asserted = _own("assert_verdict")

    def asserting(prompt: str, response: str, expected: str = "safe", **settings: Any) -> "Verdict":
        __tracebackhide__ = True
        return _noted(request, asserted(prompt, response, expected, **{**_stated(request.config), **settings}))

    return asserting


@pytest.fixture
def assert_verdict_async(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """What `assert_verdict` is, to be awaited in a test inside an event loop."""
    asserted = _own("assert_verdict_async")

    async def asserting(prompt: str, response: str, expected: str = "safe", **settings: Any) -> "Verdict":
        __tracebackhide__ = True
        return _noted(request, await asserted(prompt, response, expected, **{**_stated(request.config), **settings}))

    return asserting


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say of how many passed tests scripted models were the judges: they show that a suite works, and nothing else."""
    passed = terminalreporter.stats.get("passed", [])
    rehearsed = sum((_REHEARSED, True) in map(tuple, report.user_properties) for report in passed)
    if rehearsed:
        terminalreporter.write_line(
            f"REHEARSAL: scripted jurors judged in {rehearsed} passed test(s); that proves nothing about an answer"
        )


def _own(name: str) -> Any:
    """A public name of `benchmarks.testing`. Fails the test in one sentence where another `benchmarks` stands in its place."""
    try:
        _require_rooms()
    except InputError as error:
        pytest.fail(f"jury: {error}; or start `pytest`, since `python -m pytest` puts its folder first", pytrace=False)
    # By name, as in `jury.launch`: only after the check above may anything of the other rooms be imported.
    return getattr(import_module("benchmarks.testing"), name)


@cache
def _require_rooms() -> None:
    require_own("prompts", "graphs", "benchmarks")


def _stated(config: pytest.Config) -> dict[str, Any]:
    """The suite's jury, and pytest's cache as the place where calls are kept, if there is one."""
    named = {"jury": _setting(config, "protocol"), "panel": _setting(config, "panel")}
    named["rubric"] = _setting(config, "rubric")
    kept = {name: value for name, value in named.items() if value}
    keeping = getattr(config, "cache", None)
    # Workers of pytest-xdist are processes of their own, and a folder of calls has one writer.
    worker = getattr(config, "workerinput", {}).get("workerid", "")
    return kept if keeping is None else {**kept, "out": Path(keeping.mkdir(f"jury{worker}"))}


def _setting(config: pytest.Config, name: str) -> Any:
    return config.getoption(f"--jury-{name}") or config.getini(f"jury_{name}") or None


def _noted(request: pytest.FixtureRequest, verdict: "Verdict") -> "Verdict":
    mark = (_REHEARSED, True)
    if verdict.rehearsal and mark not in request.node.user_properties:
        request.node.user_properties.append(mark)
    return verdict
