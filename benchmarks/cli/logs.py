"""The log of a command: one JSON object a line on standard error, so that no text in it acts on the terminal."""

import sys

import structlog


def log_to_stderr() -> None:
    """Keep standard output for results. An exception is logged with its traceback, without the values it met."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
