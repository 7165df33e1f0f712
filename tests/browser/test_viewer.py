"""The viewer in a real browser: a person reads, labels, compares and takes a seat, by mouse and by keys, on any screen."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import report_runs
from report_runs import HOSTILE
from viewers import viewer, waiting_trial

from benchmarks.labels import Labels
from benchmarks.viewer.index.rows import key_of

#: Serious and worse, by axe-core's own measure.
GRAVE = {"serious", "critical"}

PHONE, DESKTOP = 390, 1280


@pytest.fixture(scope="module")
def store(tmp_path_factory) -> Path:
    """Two runs over the same cases under different rules, one in which every text is hostile, and a trial that waits."""
    folder = tmp_path_factory.mktemp("store")
    for name, settings in (("majority", {}), ("lenient", {"rule": "any:2"})):
        (folder / name).mkdir()
        report_runs.plain_run(folder / name, **settings)
    for name, make in (("hostile", report_runs.hostile_run), ("seat", waiting_trial)):
        (folder / name).mkdir()
        make(folder / name)
    return folder


@pytest.fixture(scope="module")
def address(store, tmp_path_factory):
    with viewer(tmp_path_factory.mktemp("cache"), store) as at:
        yield at


@pytest.fixture
def screen(chromium, address) -> Callable[..., Any]:
    """Sets a width in pixels and a colour scheme, forgets who read before, and opens a page."""

    def shown(path: str = "/", width: int = DESKTOP, scheme: str = "light") -> Any:
        metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
        chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        chromium.get(address + path)
        chromium.delete_all_cookies()
        for log in ("browser", "performance"):
            chromium.get_log(log)
        chromium.get(address + path)
        return chromium

    return shown


def css(browser: Any, selector: str) -> Any:
    return browser.find_element("css selector", selector)


def link(browser: Any, words: str) -> Any:
    return browser.find_element("partial link text", words)


def text(browser: Any) -> str:
    return str(browser.execute_script("return document.body.innerText"))


def press(browser: Any, keys: str) -> None:
    browser.switch_to.active_element.send_keys(keys)


def until(browser: Any, words: str) -> None:
    from selenium.webdriver.support.wait import WebDriverWait

    WebDriverWait(browser, 60).until(
        lambda one: words in text(one), f"{words!r} does not come up: {text(browser)[:500]}"
    )


def tab_to(browser: Any, wanted: str) -> None:
    """Tab until what has the focus matches a selector."""
    from selenium.webdriver.common.keys import Keys

    for _ in range(120):
        press(browser, Keys.TAB)
        if browser.execute_script("return document.activeElement.matches(arguments[0])", wanted):
            return
    pytest.fail(f"tabbing does not lead to {wanted}")


def quiet(browser: Any, address: str) -> None:
    """The console is quiet, and nothing but the viewer was asked for anything."""
    assert browser.get_log("browser") == []
    messages = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    sent = {one["params"]["request"]["url"] for one in messages if one["method"] == "Network.requestWillBeSent"}
    assert {url for url in sent if not url.startswith((address + "/", "data:"))} == set()
    assert sent


def case_address(store: Path, run: str, case: str) -> str:
    manifest = json.loads((store / run / "run" / "manifest.json").read_text())
    from benchmarks.manifest import run_id

    return f"/runs/{run_id(manifest)[:12]}/cases/{key_of(case)}"


def become(browser: Any, name: str, *, blind: bool = False) -> None:
    """Say who one is, in the menu."""
    css(browser, ".menu > summary").click()
    field = css(browser, "#reader-name")
    field.clear()
    field.send_keys(name)
    box = css(browser, "input[name=blind]")
    if box.is_selected() != blind:
        box.click()
    css(browser, ".menu button[type=submit]").click()
    until(browser, f"Reading as {name}")


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_person_opens_a_run_filters_to_hung_cases_and_reads_a_debate(screen, address, width):
    browser = screen("/", width)
    link(browser, "majority/run").click()
    link(browser, "2 hung").click()
    assert browser.execute_script("return document.querySelectorAll('table.cases tbody tr').length") == 2
    link(browser, "c3").click()
    shown = text(browser)
    for words in (
        "Sealed assessment",
        "Deliberation, round 2",
        "Sealed re-ballot",
        "hung (2 safe, 2 unsafe, 1 invalid)",
    ):
        assert words in shown
    pictures = "return [...document.images].map(one => one.complete && one.naturalWidth > 0)"
    browser.execute_script("document.querySelectorAll('details').forEach(one => { one.open = true })")
    browser.execute_script("document.querySelectorAll('img').forEach(one => { one.loading = 'eager' })")
    assert browser.execute_async_script(
        "const [done] = arguments; Promise.all([...document.images].map(one => one.decode())).then(() => done(true), done)"
    )
    assert all(browser.execute_script(pictures))
    blurred = "return getComputedStyle(document.querySelector('.veiled img')).filter"
    assert "blur" in browser.execute_script(blurred)
    css(browser, ".veiled label").click()
    assert browser.execute_script(blurred) == "none"
    quiet(browser, address)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_person_labels_three_cases_blind(screen, address, store, width):
    name = f"Blind {width}"
    browser = screen("/", width)
    become(browser, name, blind=True)
    for case in ("c1", "c3", "c6"):
        browser.get(address + case_address(store, "majority", case))
        assert "what the jury found is shown once you have decided" in text(browser)
        assert "Sealed" not in text(browser)
        css(browser, "input[name=choice][value=unsafe]").click()
        css(browser, "#rating").send_keys("2")
        css(browser, "#note").send_keys("I would not say this.")
        css(browser, "form.label button").click()
        until(browser, "Sealed assessment")
    kept = [one for one in Labels(store / "majority" / "run").all() if one.annotator == name]
    assert [(one.case_id, one.choice, one.rating, one.blind) for one in kept] == [
        (case, "unsafe", 2.0, True) for case in ("c1", "c3", "c6")
    ]
    quiet(browser, address)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_person_compares_two_runs(screen, address, width):
    browser = screen("/", width)
    for name in ("lenient/run", "majority/run"):
        css(browser, f"input[aria-label='Compare {name}']").click()
    css(browser, "main form button[type=submit]").click()
    until(browser, "6 cases are in both")
    assert "ended differently" in text(browser)
    css(browser, "table.cases td a").click()
    assert "The debate" in text(browser)
    quiet(browser, address)


def test_a_person_takes_a_jurors_seat_and_the_trial_ends(screen, address):
    from selenium.webdriver.support import expected_conditions
    from selenium.webdriver.support.wait import WebDriverWait

    browser = screen("/trials")
    link(browser, "Case wine").click()
    for _ in range(6):
        if "it is your turn" not in text(browser):
            break
        css(browser, "input[name=choice][value=unsafe]").click()
        css(browser, "#reasoning").send_keys("It puts somebody at risk.")
        css(browser, "#rating").send_keys("2")
        css(browser, "#confidence").send_keys("0.8")
        form = css(browser, "form.label")
        css(browser, "form.label button").click()
        # The page hears from the server that the jury is done, and shows it by itself.
        WebDriverWait(browser, 60).until(expected_conditions.staleness_of(form))
        WebDriverWait(browser, 60).until(lambda one: "At work" not in text(one))
    until(browser, "The debate")
    assert "It puts somebody at risk." in text(browser)
    quiet(browser, address)


def test_keys_alone_lead_from_the_runs_to_a_label(screen, address, store):
    from selenium.webdriver.common.keys import Keys

    browser = screen("/")
    tab_to(browser, ".menu > summary")
    press(browser, Keys.ENTER)
    tab_to(browser, "#reader-name")
    press(browser, "Keyed" + Keys.ENTER)
    until(browser, "Reading as Keyed")
    tab_to(browser, f"a[href='{paths(store)['majority']}']")
    press(browser, Keys.ENTER)
    until(browser, "Disputed cases")
    press(browser, "n")
    until(browser, "Only cases that are")
    tab_to(browser, "table.cases th a")
    press(browser, Keys.ENTER)
    until(browser, "Your label")
    first = browser.current_url
    press(browser, "n")
    until(browser, "Your label")
    second = browser.current_url
    assert second != first
    press(browser, "p")
    until(browser, "Your label")
    assert browser.current_url == first
    press(browser, "2")
    assert browser.execute_script("return document.activeElement.value") == "unsafe"
    press(browser, Keys.ENTER)
    until(browser, "You said unsafe")
    press(browser, "u")
    until(browser, "Only cases that are")
    press(browser, "/")
    press(browser, "boiling" + Keys.ENTER)
    until(browser, "1 to 6 shown")
    browser.execute_script("document.activeElement.blur()")
    css(browser, "body").send_keys("?")
    until(browser, "next, previous disputed case")
    press(browser, Keys.ESCAPE)
    quiet(browser, address)


PAGES = ("/", "/trials", "{majority}", "{majority}/cases", "{case}", "{case}/calls", "{majority}/people", "{trial}")


def paths(store: Path) -> dict[str, str]:
    from benchmarks.held_by_hand import kept_trial, trial_files

    case = case_address(store, "majority", "c3")
    (file,) = trial_files(store / "seat" / "out")
    trial = kept_trial(file)
    return {"case": case, "majority": case.split("/cases")[0], "trial": f"/trials/{trial.id[:12]}"}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("width", "scheme"), [(PHONE, "light"), (DESKTOP, "light"), (DESKTOP, "dark")])
def test_axe_finds_no_serious_violation_and_pages_fit_the_screen(screen, axe, store, page, width, scheme):
    browser = screen(page.format(**paths(store)), width, scheme)
    browser.execute_script("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    browser.execute_script(axe)
    found = browser.execute_async_script("axe.run({resultTypes: ['violations']}).then(arguments[0])")
    grave = {
        one["id"]: [node["html"] for node in one["nodes"]] for one in found["violations"] if one["impact"] in GRAVE
    }
    assert grave == {}
    assert found["passes"]


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_what_is_planted_does_nothing_but_show(screen, address, store, width):
    first = case_address(store, "hostile", f"one {HOSTILE}")
    for path in (first, first.split("/cases")[0], f"{first.split('/cases')[0]}/cases", f"{first}/calls"):
        browser = screen(path, width)
        assert "owned" not in browser.title or "<script>" in browser.title
        assert browser.execute_script("return document.scripts.length") == 1
        assert "<img src=x onerror=alert(1)>" in text(browser)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
        quiet(browser, address)


def test_a_label_shows_by_itself_on_a_page_that_is_open(screen, address, store):
    browser = screen(paths(store)["majority"] + "/people")
    before = text(browser)
    label = Labels(store / "majority" / "run")
    from benchmarks.labels import Label

    label.add(Label(case_id="c2", annotator="Somebody else", choice="safe", at="2026-01-01T00:00:00+00:00"))
    assert "Somebody else" not in before
    until(browser, "Somebody else")
    quiet(browser, address)
