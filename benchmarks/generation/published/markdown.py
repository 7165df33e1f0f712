"""Texts from models and files as plain words in Markdown: shown, never obeyed by who renders it."""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|~$])")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def plain_words(value: Any) -> str:
    """A value on one line in which no character means anything to Markdown, HTML or a terminal."""
    visible = "".join(" " if unicodedata.category(one)[0] == "C" else one for one in str(value))
    marked = _SPECIAL.sub(r"\\\1", " ".join(visible.split()))
    # An address is not to become a link.
    return "".join(_HTML.get(one, one) for one in marked).replace("://", "&#58;//").replace("www.", "www&#46;")


def rendered(template: Path, values: Mapping[str, Any]) -> str:
    """A Markdown template with its values. Every value is made plain, unless it is `Markup`."""
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(template.parent),
        undefined=StrictUndefined,
        autoescape=False,  # `finalize` escapes, and for Markdown
        finalize=lambda value: value if isinstance(value, Markup) else plain_words(value),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(template.name).render(values)
