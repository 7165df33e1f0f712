"""Examples of a page, run as they are written, one after another, in an empty folder."""

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx

_BLOCK = re.compile(r'^```(?P<kind>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<code>.*?)^```', re.DOTALL | re.MULTILINE)

#: What stands on a line of its own where the viewer is opened.
_VIEW = re.compile(r"^jury view.*$", re.MULTILINE)


#: What a piece of Python is called while it runs.
SCRIPT = "example.py"


@dataclass(frozen=True)
class Block:
    """A piece of code, what it is written in, and the name of the file that it is."""

    kind: str
    code: str
    title: str


def blocks_of(page: Path) -> list[Block]:
    """The code of a page, in its order."""
    found = _BLOCK.finditer(page.read_text(encoding="utf-8"))
    return [Block(one["kind"], one["code"], one["title"] or "") for one in found]


def run_all(blocks: list[Block], folder: Path) -> None:
    """Every block as somebody would who follows the page: files are written, commands run, the viewer opened and left."""
    for block in blocks:
        if block.title:
            (folder / block.title).write_text(block.code, encoding="utf-8")
        elif block.kind == "python":
            # From a file: what has no source can't be told from its next version.
            (folder / SCRIPT).write_text(block.code, encoding="utf-8")
            _run([sys.executable, SCRIPT], block, folder)
        elif block.kind == "sh":
            _run_shell(block, folder)


def _run_shell(block: Block, folder: Path) -> None:
    """A block of commands; where it opens the viewer, that is left again once it has answered."""
    before, *views = _VIEW.split(block.code)
    if before.strip():
        _run(["bash", "-e", "-c", before], block, folder)
    for command, after in zip(_VIEW.findall(block.code), views, strict=True):
        _look(command, folder)
        if after.strip():
            _run(["bash", "-e", "-c", after], block, folder)


def _run(command: list[str], block: Block, folder: Path) -> None:
    finished = subprocess.run(
        command, cwd=folder, env=_environment(folder), capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, f"{block.code}\n{finished.stdout}\n{finished.stderr}"


def _look(command: str, folder: Path) -> None:
    server = subprocess.Popen(
        ["bash", "-c", f"exec {command}"], cwd=folder, env=_environment(folder), stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    try:
        told = server.stdout.readline()
        address = re.search(r"http://\S+", told)
        assert address, f"{command}: {told}"
        with httpx.Client(follow_redirects=True) as browser:
            assert browser.get(address.group()).status_code == 200
    finally:
        server.send_signal(signal.SIGINT)
        code = server.wait(30)
        server.stdout.close()
    assert code == 0, command


def _environment(folder: Path) -> dict[str, str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "XDG_CACHE_HOME": str(folder / "cache")}
