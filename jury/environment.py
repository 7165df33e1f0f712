"""Keys from a `.env` in the working directory: read into the environment, never written down."""

import os
from pathlib import Path

from jury.errors import InputError

FILE = ".env"


def read_keys(folder: Path | None = None) -> None:
    """Set what a folder's `.env` states (default: the working directory) and the environment does not.

    Does nothing where there is none. Raises `InputError` for one that can't be read.
    """
    # Else LiteLLM looks for a `.env` of its own, from where it is installed upwards.
    os.environ.setdefault("LITELLM_MODE", "PRODUCTION")
    path = (folder or Path.cwd()) / FILE
    if not path.is_file():
        return
    from dotenv import load_dotenv

    try:
        load_dotenv(path, override=False, interpolate=False)
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}; make it readable or remove it") from None
    except (UnicodeDecodeError, ValueError):
        raise InputError(f"{path} is no text of `NAME=value` lines in UTF-8; mend it or remove it") from None
