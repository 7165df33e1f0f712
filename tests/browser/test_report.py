"""Reports in a real browser: quiet, self-contained, readable, and unmoved by what is planted in them."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from report_runs import MEGABYTE

OPEN_ALL = "document.querySelectorAll('details').forEach(one => { one.open = true })"
PAGES = ("plain", "hostile")

#: Serious and worse, by axe-core's own measure.
GRAVE = {"serious", "critical"}


@pytest.fixture
def look(chromium, site) -> Callable[..., Any]:
    """Opens a page at a width in pixels and in a colour scheme, everything unfolded."""

    def looked_at(page: str, width: int = 1280, scheme: str = "light") -> Any:
        screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
        chromium.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        chromium.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        for log in ("browser", "performance"):
            chromium.get_log(log)
        site.asked.clear()
        chromium.get(f"{site.address}/{page}.html")
        chromium.execute_script(OPEN_ALL)
        return chromium

    return looked_at


def requested(browser: Any) -> set[str]:
    """Every address that the browser asked for since the page was opened, but for those inside the page."""
    messages = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    sent = (one["params"]["request"]["url"] for one in messages if one["method"] == "Network.requestWillBeSent")
    return {url for url in sent if not url.startswith("data:")}


@pytest.mark.parametrize("page", PAGES)
def test_nothing_but_the_page_is_asked_for_and_the_console_is_quiet(look, site, page):
    browser = look(page)
    browser.execute_script("document.querySelectorAll('audio').forEach(one => one.load())")
    assert browser.get_log("browser") == []
    assert requested(browser) == {f"{site.address}/{page}.html"}
    assert site.asked == [f"/{page}.html"]


def test_images_and_clips_are_shown_and_can_be_played(look):
    browser = look("plain")
    assert browser.execute_script("return [...document.images].map(one => one.naturalWidth)") == [512]
    seconds = browser.execute_async_script(
        "const [done] = arguments, clip = document.querySelector('audio');"
        "clip.onloadedmetadata = () => done(clip.duration); clip.onerror = () => done(null);"
        "clip.preload = 'metadata'; clip.load()"
    )
    assert seconds == pytest.approx(0.5, abs=0.1)


def test_the_style_sheet_is_let_in_by_the_policy(look):
    browser = look("plain")
    assert browser.execute_script("return getComputedStyle(document.body).maxWidth, document.styleSheets.length") == 1
    light = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    dark = look("plain", scheme="dark").execute_script("return getComputedStyle(document.body).backgroundColor")
    assert (light, dark) == ("rgb(250, 249, 246)", "rgb(20, 24, 27)")


def test_what_is_planted_does_nothing_but_show(look):
    browser = look("hostile")
    assert browser.title == "Jury report"
    assert browser.execute_script("return document.scripts.length") == 0
    text = browser.execute_script("return document.body.innerText")
    assert "<script>document.title='owned'</script>{{ 7*7 }}" in text
    assert "<img src=x onerror=alert(1)>" in text


def test_a_long_answer_is_a_click_away(look, site):
    browser = look("hostile")
    assert browser.execute_script("return document.body.innerText.length") < 200_000
    browser.execute_script("document.querySelector('.cut a').click()")
    assert "/hostile-texts/" in browser.current_url
    assert browser.execute_script("return document.contentType") == "text/plain"
    assert browser.execute_script("return document.body.innerText.length") > MEGABYTE


@pytest.mark.parametrize(
    ("page", "width", "scheme"), [("plain", 390, "light"), ("plain", 1280, "dark"), ("hostile", 390, "dark")]
)
def test_axe_finds_no_serious_violation(look, axe, page, width, scheme):
    browser = look(page, width, scheme)
    browser.execute_script(axe)
    found = browser.execute_async_script("axe.run({resultTypes: ['violations']}).then(arguments[0])")
    grave = {
        one["id"]: [node["html"] for node in one["nodes"]] for one in found["violations"] if one["impact"] in GRAVE
    }
    assert grave == {}
    assert found["passes"]


@pytest.mark.parametrize("width", [360, 390, 1280])
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_no_wider_than_the_screen(look, page, width):
    assert look(page, width).execute_script("return document.documentElement.scrollWidth") <= width


def test_a_printed_report_holds_the_debates_that_are_folded_on_screen(look):
    browser = look("plain")
    shown = (
        "return getComputedStyle(document.querySelector('.case:not([open])'), '::details-content').contentVisibility"
    )
    browser.execute_script("document.querySelectorAll('details').forEach(one => { one.open = false })")
    assert browser.execute_script(shown) == "hidden"
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert browser.execute_script(shown) == "visible"
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
