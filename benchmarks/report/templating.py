"""Templates of pages: every value is escaped and stands on one line, unless our own code made it `Markup`."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from benchmarks.report import naming
from benchmarks.report.texts import one_line


def templates_in(folder: Path) -> Environment:
    """The templates of a folder, with the filters that write figures and names."""
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_on_the_page,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "number": naming.number,
        "interval": naming.interval,
        "dollars": naming.dollars,
        "duration": naming.duration,
        "spelt": naming.spelt,
        "model": naming.model_name,
    }
    return environment


def _on_the_page(value: Any) -> Any:
    return value if isinstance(value, Markup) else one_line(value)
