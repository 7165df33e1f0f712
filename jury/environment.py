"""Keys from a `.env` in the working directory: read into the environment, never written down."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from jury.errors import InputError
from jury.files import read_regular
from jury.trust.dotenv import is_taken
from jury.trust.permissions import STRICT, Permissions

FILE = ".env"

#: Longest `.env` that is read, in bytes.
LONGEST = 1_000_000

#: The variable that asks for traces at LangSmith: `JURY_LANGSMITH=1`.
LANGSMITH = "JURY_LANGSMITH"

#: By which variables LangGraph is told to send every case to LangSmith.
_TRACING = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")

log = structlog.get_logger()

#: The files whose left-out variables were named already.
_TOLD: set[tuple[str, tuple[str, ...]]] = set()


def read_keys(folder: Path | None = None, permissions: Permissions = STRICT) -> tuple[str, ...]:
    """Set what a folder's `.env` states (default: the working directory) and the environment does not.

    Keys are taken over, and what Azure, Bedrock and Vertex need beside them; a base URL only of a host that the user allows,
    or of this machine. The names of all others are returned, and logged once. Raises `InputError` for a file that can't be read.
    """
    # Else LiteLLM looks for a `.env` of its own, from where it is installed upwards.
    os.environ.setdefault("LITELLM_MODE", "PRODUCTION")
    path = (folder or Path.cwd()) / FILE
    if not path.is_file():
        return ()
    stated = _stated(path)
    left_out = []
    for name, value in stated.items():
        if value is None or name in os.environ:
            continue
        if is_taken(name, value, stated, permissions):
            os.environ[name] = value
        else:
            left_out.append(name)
    _tell(path, tuple(left_out))
    return tuple(left_out)


def _stated(path: Path) -> dict[str, str | None]:
    import io

    from dotenv import dotenv_values

    try:
        text = read_regular(path, LONGEST).decode("utf-8")
        return dict(dotenv_values(stream=io.StringIO(text), interpolate=False))
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}; make it readable or remove it") from None
    except (UnicodeDecodeError, ValueError):
        raise InputError(f"{path} is no text of `NAME=value` lines in UTF-8; mend it or remove it") from None


def _tell(path: Path, names: tuple[str, ...]) -> None:
    if names and (str(path), names) not in _TOLD:
        from jury.logs import log_to_stderr_unless_set_up

        _TOLD.add((str(path), names))
        log_to_stderr_unless_set_up()
        log.warning(
            "left out of .env: neither a key nor a base URL that is allowed; export what you want, or allow a host "
            "with --allow-base",
            file=str(path),
            names=[name[:80] for name in names[:20]],
        )


def stop_third_party_tracing() -> None:
    """Turn LangSmith's tracing off for this process, unless `JURY_LANGSMITH=1` asks for it."""
    if os.environ.get(LANGSMITH) != "1":
        for name in _TRACING:
            os.environ[name] = "false"


@contextmanager
def third_party_tracing_off() -> Iterator[None]:
    """Within it, LangGraph sends nothing to LangSmith, unless `JURY_LANGSMITH=1` asks for it."""
    if os.environ.get(LANGSMITH) == "1":
        yield
        return
    from langsmith.run_helpers import tracing_context

    with tracing_context(enabled=False):
        yield
