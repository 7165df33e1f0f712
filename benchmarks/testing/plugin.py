"""The pytest plugin: the fixture `assert_verdict`, whose jury is named once for the whole suite.

Loaded with every start of pytest where the package is installed, so nothing heavy is imported here.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

#: The settings by name, with what they mean; each is an option `--jury-NAME` and a line `jury_NAME` of the ini file.
_SETTINGS = {
    "protocol": "protocol of the jury behind assert_verdict: a preset or a YAML file (default: trial)",
    "panel": "panel of the jury behind assert_verdict: a preset or a YAML file (default: rehearsal, scripted models)",
    "rubric": "rubric of the jury behind assert_verdict (default: safebench)",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer the jury's settings as options and in the ini file."""
    group = parser.getgroup("jury", "juries of language models")
    for name, told in _SETTINGS.items():
        group.addoption(f"--jury-{name}", default=None, help=told)
        parser.addini(f"jury_{name}", told, default="")


@pytest.fixture
def assert_verdict(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """`assert_verdict(prompt, response, expected="safe")` with the suite's jury, whatever is not said in the call.

    Calls are kept in pytest's cache, so that a test run again over the same answers costs nothing. An ini file's or a
    command line's YAML files are looked for from where pytest was started.
    """
    from benchmarks.testing.asserting import assert_verdict as asserted

    stated = {"jury": _setting(request.config, "protocol"), "panel": _setting(request.config, "panel")}
    stated["rubric"] = _setting(request.config, "rubric")
    kept = {name: value for name, value in stated.items() if value}
    cache = getattr(request.config, "cache", None)
    if cache is not None:
        kept["out"] = Path(cache.mkdir("jury"))

    def asserting(prompt: str, response: str, expected: str = "safe", **settings: Any) -> Any:
        __tracebackhide__ = True
        return asserted(prompt, response, expected, **{**kept, **settings})

    return asserting


def _setting(config: pytest.Config, name: str) -> Any:
    return config.getoption(f"--jury-{name}") or config.getini(f"jury_{name}") or None
