"""The documentation's pictures of the viewer: `python tests/browser/pictures.py` takes them anew from a real run of rehearsal models.

Needs Chromium and ChromeDriver, and selenium (the group `dev`).
"""

import shutil
import tempfile
import threading
from pathlib import Path
from typing import Any

from selenium import webdriver

from benchmarks import run
from benchmarks.manifest import read_manifest, run_id
from benchmarks.results import Results
from benchmarks.viewer import opened
from benchmarks.viewer.index.rows import key_of

IMAGES = Path(__file__).parents[2] / "docs" / "images"
WIDTH = 1280


def main() -> None:
    """Judge the sample, open it in the viewer, and take its pictures."""
    with tempfile.TemporaryDirectory() as passing:
        folder = Path(passing) / "my-run"
        results = run("sample", target="rehearsal/reckless", jury="roundtable", panel="rehearsal", out=folder)
        served = opened([folder], port=0, cache=Path(passing) / "cache", token=False)
        threading.Thread(target=served.run, daemon=True).start()
        browser = _browser()
        try:
            _take_all(browser, served.address, folder, results)
        finally:
            browser.quit()
            served.server.should_exit = True


def _take_all(browser: Any, address: str, folder: Path, results: Results) -> None:
    base = f"{address}runs/{run_id(read_manifest(folder))[:12]}"
    moved = next(one for one in results.verdicts() if one.changed)
    _take(browser, base, "run", 900)
    _take(browser, f"{base}/cases?disputed=1&order=disagreement", "cases", 900)
    _take(browser, f"{base}/cases/{key_of(moved.case_id)}", "case", 1000, at="#debate-title")


def _take(browser: Any, address: str, name: str, height: int, at: str = "") -> None:
    browser.set_window_size(WIDTH, height)
    browser.get(address)
    if at:
        browser.execute_script("document.querySelector(arguments[0]).scrollIntoView()", at)
    browser.save_screenshot(str(IMAGES / f"{name}.png"))


def _browser() -> Any:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--hide-scrollbars",
    ):
        options.add_argument(flag)
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver") or ""))


if __name__ == "__main__":
    main()
