"""The reference of commands, made of the commands themselves whenever the site is built."""

from collections.abc import Iterator
from typing import Any

import typer

MARK = "<!-- commands -->"


def on_page_markdown(markdown: str, **_: Any) -> str:
    """The page with the help of every command in the place of the mark."""
    return markdown.replace(MARK, "\n".join(_sections())) if MARK in markdown else markdown


def _sections() -> Iterator[str]:
    from benchmarks.cli.app import app

    root = typer.main.get_command(app)
    for path, command in _commands("jury", root):
        context = type(command).context_class(command, info_name=path, terminal_width=100, max_content_width=100)
        yield f"## `{path}`\n\n```text\n{command.get_help(context)}\n```\n"


def _commands(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from _commands(f"{path} {name}", below)
