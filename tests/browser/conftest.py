"""A headless Chromium, a server that notes what it is asked for, and the rules of axe-core; skipped where they are not."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import report_runs

from benchmarks.report import write_report

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A WebDriver of Debian's Chromium with a profile of its own."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    browser, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not browser or not driver:
        pytest.skip("chromium and chromedriver are not installed; on Debian, .ci/run does it")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    # Both paths are named, so that selenium looks for no browser to download.
    started = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield started
    started.quit()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed; run `npm ci --ignore-scripts` in tests/browser")
    return AXE.read_text(encoding="utf-8")


@dataclass(frozen=True)
class Site:
    """A folder behind a port of this machine, and every path that was asked for."""

    address: str
    asked: list[str] = field(default_factory=list)


class _Noted(SimpleHTTPRequestHandler):
    def __init__(self, *arguments: Any, asked: list[str], **named: Any) -> None:
        self.asked = asked
        super().__init__(*arguments, **named)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        self.asked.append(self.path)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`plain.html`, a report on an ordinary run, and `hostile.html`, on one in which every text is hostile."""
    folder = tmp_path_factory.mktemp("site")
    for name in ("plain", "hostile"):
        run = getattr(report_runs, f"{name}_run")(tmp_path_factory.mktemp(name))
        write_report([run], folder / f"{name}.html")
    asked: list[str] = []
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Noted, directory=str(folder), asked=asked)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Site(f"http://127.0.0.1:{server.server_port}", asked)
        server.shutdown()
