"""The log: one line an event, without secrets, and nothing in it acts on a terminal."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from jury.errors import InputError
from jury.logs import bodies_wanted, log_to
from jury.secrets import BLOT

KEY = "a-planted-key-0123456789"


@pytest.fixture(autouse=True)
def undone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SOME_API_KEY", KEY)
    for name in ("JURY_LOG", "JURY_LOG_LEVEL", "JURY_LOG_BODIES"):
        monkeypatch.delenv(name, raising=False)
    before = list(logging.getLogger().handlers)
    yield
    structlog.reset_defaults()
    logging.getLogger().handlers = before


def logged(form: str | None = None, level: str | None = None) -> io.StringIO:
    stream = io.StringIO()
    log_to(stream, form, level)
    return stream


@pytest.mark.parametrize("form", ["json", "console"])
def test_secrets_are_blotted_out_however_deep_they_are(form):
    stream = logged(form)
    structlog.get_logger().error(f"sent {KEY}", headers={"h": [("Authorization", f"Bearer {KEY}")]}, error=OSError(KEY))

    assert BLOT in stream.getvalue()
    assert KEY not in stream.getvalue()


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_traceback_is_logged_without_the_secrets_it_quotes(form):
    stream = logged(form)
    try:
        int(f"Authorization: Bearer {KEY}")
    except ValueError:
        structlog.get_logger().exception("case failed")

    assert "ValueError: invalid literal" in stream.getvalue()
    assert KEY not in stream.getvalue()


@pytest.mark.parametrize("form", ["json", "console"])
def test_hostile_text_is_shown_and_not_obeyed(form):
    stream = logged(form)
    structlog.get_logger().error("\x1b[2Jgone\nforged: line", case="\u202eevil\r\x85\U000e0001\ud800")

    assert stream.getvalue().count("\n") == 1
    assert not set("\x1b\u202e\r\x85\U000e0001\ud800") & set(stream.getvalue())
    assert form == "console" or json.loads(stream.getvalue())["case"] == "\u202eevil\r\x85\U000e0001\ud800"


def test_json_is_one_object_a_line():
    stream = logged("json")
    structlog.get_logger().error("one", case="c1", tries=3)

    assert json.loads(stream.getvalue()) == {"event": "one", "case": "c1", "tries": 3, "level": "error"}


def test_what_libraries_warn_of_takes_the_same_way_out():
    stream = logged("json")
    logging.getLogger("some.library").warning("header Authorization: Bearer %s", "abcdefgh1234")

    assert json.loads(stream.getvalue()) == {
        "event": f"header Authorization: {BLOT}",
        "logger": "some.library",
        "level": "warning",
    }


def test_setting_the_log_up_twice_says_everything_once():
    logged("json")
    stream = logged("json")
    logging.getLogger("some.library").warning("once")

    assert stream.getvalue().count("once") == 1


def test_only_what_is_grave_enough_is_logged(monkeypatch):
    monkeypatch.setenv("JURY_LOG_LEVEL", "error")
    stream = logged()
    structlog.get_logger().warning("hm")
    structlog.get_logger().error("oh")

    assert [json.loads(line)["event"] for line in stream.getvalue().splitlines()] == ["oh"]


@pytest.mark.parametrize(("name", "known"), [("JURY_LOG", "json, console"), ("JURY_LOG_LEVEL", "debug, info")])
def test_an_unknown_form_or_level_is_named(monkeypatch, name, known):
    monkeypatch.setenv(name, "loud")

    with pytest.raises(InputError, match=f"{name} is 'loud'; say one of {known}"):
        logged()


@pytest.mark.parametrize(("value", "wanted"), [("1", True), ("0", False), ("", False)])
def test_bodies_are_logged_only_on_request(monkeypatch, value, wanted):
    monkeypatch.setenv("JURY_LOG_BODIES", value)

    assert bodies_wanted() is wanted
