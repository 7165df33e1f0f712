"""The log: JSON or plain lines, without secrets, and without what was said unless that is asked for."""

import json
import logging
import os
import sys
from collections.abc import Callable
from typing import Any, Literal, TextIO, get_args

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from jury.errors import InputError
from jury.secrets import scrubbed

Form = Literal["json", "console"]
Level = Literal["debug", "info", "warning", "error"]

#: From an event to its line.
Rendered = Callable[[WrappedLogger, str, EventDict], str]

#: Variables that set up the log where the command line does not.
FORM, LEVEL, BODIES = "JURY_LOG", "JURY_LOG_LEVEL", "JURY_LOG_BODIES"


def bodies_wanted() -> bool:
    """Whether prompts and answers are to be logged: only if `JURY_LOG_BODIES` is 1."""
    return os.environ.get(BODIES) == "1"


def log_to(stream: TextIO, form: str | None = None, level: str | None = None) -> None:
    """Send the log to a stream: ours, and the warnings of the libraries below.

    What is not said here is read from `JURY_LOG` (`json` or `console`, default `json`) and `JURY_LOG_LEVEL` (`debug`,
    `info`, `warning` or `error`, default `warning`). Raises `InputError` for anything else.
    """
    form = _one_of(get_args(Form), form or os.environ.get(FORM) or "json", FORM)
    level = _one_of(get_args(Level), level or os.environ.get(LEVEL) or "warning", LEVEL)
    rendered: Rendered = _as_json if form == "json" else _as_line
    shared: list[Processor] = [structlog.processors.add_log_level, structlog.processors.format_exc_info]
    structlog.configure(
        processors=[*shared, without_secrets, rendered],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.PrintLogger(stream),
    )
    _log_libraries(stream, rendered)


def log_to_stderr_unless_set_up() -> None:
    """Keep the log off standard output where a program has not said where it should go."""
    if not structlog.is_configured():
        log_to(sys.stderr)


def without_secrets(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Blots every secret out of an event, however deep it is nested."""
    return {name: _scrubbed_value(value) for name, value in event.items()}


def _scrubbed_value(value: Any) -> Any:
    if isinstance(value, str):
        return scrubbed(value)
    if isinstance(value, dict):
        return {str(name): _scrubbed_value(item) for name, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_scrubbed_value(item) for item in value]
    return value if value is None or isinstance(value, (bool, int, float)) else scrubbed(repr(value))


def _as_json(_: WrappedLogger, __: str, event: EventDict) -> str:
    return _visible(json.dumps(event, ensure_ascii=False))


def _as_line(_: WrappedLogger, __: str, event: EventDict) -> str:
    trace, level, said = event.pop("exception", ""), event.pop("level", ""), event.pop("event", "")
    facts = [f"{name}={value!r}" for name, value in event.items()]
    line = _visible(" ".join([f"{level}:", str(said), *facts]))
    return "\n".join([line, *map(_visible, str(trace).splitlines())])


def _visible(text: str) -> str:
    """The text with whatever can't be printed made visible, so that nothing in it acts on a terminal."""
    return "".join(character if character.isprintable() else json.dumps(character)[1:-1] for character in text)


class _Handler(logging.Handler):
    """Takes what libraries log through the same way out as our own events."""

    def __init__(self, stream: TextIO, rendered: Rendered) -> None:
        super().__init__(logging.WARNING)
        self._stream, self._rendered = stream, rendered

    def emit(self, record: logging.LogRecord) -> None:
        event: EventDict = {"event": record.getMessage(), "logger": record.name, "level": record.levelname.lower()}
        if record.exc_info:
            event["exc_info"] = record.exc_info
        safe = without_secrets(None, "", structlog.processors.format_exc_info(None, "", event))
        self._stream.write(f"{self._rendered(None, '', safe)}\n")


def _log_libraries(stream: TextIO, rendered: Rendered) -> None:
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if isinstance(handler, _Handler)]:
        root.removeHandler(handler)
    root.addHandler(_Handler(stream, rendered))


def _one_of(known: tuple[str, ...], said: str, variable: str) -> str:
    if said not in known:
        raise InputError(f"{variable} is {said!r}; say one of {', '.join(known)}")
    return said
