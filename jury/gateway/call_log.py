"""One line in the log per finished call; what was said in it only on request."""

import structlog

from jury.logs import bodies_wanted
from jury.records import Completion, Request, TextPart

_log = structlog.get_logger()


def note_call(request: Request, completion: Completion) -> None:
    """Log a new call: its key and what it took (level `debug`), or its cause if it failed (`info`).

    Nobody who has set up no log is bothered with it.
    """
    if not structlog.is_configured():
        return
    if completion.error is not None:
        _log.info("call failed", **_facts(request, completion), cause=str(completion.error))
    else:
        _log.debug("call", **_facts(request, completion))


def _facts(request: Request, completion: Completion) -> dict[str, object]:
    facts: dict[str, object] = {
        "key": request.key,
        "model": request.model,
        "tries": completion.tries,
        "seconds": completion.seconds,
        "input_tokens": completion.input_tokens,
        "output_tokens": completion.output_tokens,
        "cost": completion.cost,
    }
    if bodies_wanted():
        facts |= {"asked": _words(request), "answered": completion.text}
    return facts


def _words(request: Request) -> list[str]:
    return [part.text for message in request.messages for part in message.parts if isinstance(part, TextPart)]
