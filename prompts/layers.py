"""Where the files of a library lie: a folder, or texts in memory. A name is a path within it, such as `juror/assess.en.j2`."""

import errno
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from jinja2 import BaseLoader, FunctionLoader
from jinja2.loaders import split_template_path

#: What can shape a prompt: templates and cards.
PATTERNS = ("**/*.j2", "roles/*.yaml", "rubrics/*.yaml", "techniques/*.yaml")

_TEMPLATE = re.compile(r"(?P<name>.+)\.(?P<language>[a-z]{2,3})\.j2")


#: Largest text of a library, in bytes.
LARGEST = 2_000_000

_SHIPPED = Path(__file__).parent


class Layer(Protocol):
    """One place with files."""

    def names(self) -> Iterator[str]:
        """The names of its templates and cards, in any order."""
        ...

    def has(self, name: str) -> bool:
        """Whether a file of that name is here."""
        ...

    def read(self, name: str) -> bytes:
        """The file's content. Raises `OSError` where it can't be read."""
        ...

    def path(self, name: str) -> Path:
        """Where people find the file."""
        ...

    def loader(self) -> BaseLoader:
        """Jinja's way to the templates; a name may not leave the layer."""
        ...


@dataclass(frozen=True)
class FolderLayer:
    """The files of a folder as they are at the moment."""

    folder: Path

    def names(self) -> Iterator[str]:
        """The names of its templates and cards, in any order."""
        for pattern in PATTERNS:
            for path in self.folder.glob(pattern):
                yield path.relative_to(self.folder).as_posix()

    def has(self, name: str) -> bool:
        """Whether a file of that name is here."""
        return (self.folder / name).is_file()

    def read(self, name: str) -> bytes:
        """The file's content. Raises `OSError` where it can't be read, is too large, or lies outside of the folder."""
        path = self.folder / name
        # Files of the package may be links into an installer's cache; links in a user's folder may lead to private files.
        if self.folder != _SHIPPED and not path.resolve().is_relative_to(self.folder.resolve()):
            raise PermissionError(
                errno.EPERM, "it leads out of the prompts folder, and no text is read from outside", str(path)
            )
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise OSError(errno.EFBIG, f"it is larger than {LARGEST:,} bytes", str(path))
        return content

    def path(self, name: str) -> Path:
        """Where people find the file."""
        return self.folder / name

    def loader(self) -> BaseLoader:
        """Jinja's way to the templates; a name may not leave the folder."""
        return FunctionLoader(self._source)

    def _source(self, included: str) -> tuple[str, str, None] | None:
        name = plain_name(included)
        return (decoded(self.read(name)), str(self.path(name)), None) if self.has(name) else None


@dataclass(frozen=True)
class Snapshot:
    """Some files of a library, byte by byte as they were, in memory; `paths` says where each was read."""

    files: Mapping[str, bytes]
    paths: Mapping[str, Path]

    def names(self) -> Iterator[str]:
        """The names of its files, in any order."""
        return iter(self.files)

    def has(self, name: str) -> bool:
        """Whether a file of that name is here."""
        return name in self.files

    def read(self, name: str) -> bytes:
        """The file's content."""
        return self.files[name]

    def path(self, name: str) -> Path:
        """Where the file was read."""
        return self.paths[name]

    def loader(self) -> BaseLoader:
        """Jinja's way to the templates."""
        return FunctionLoader(self._source)

    def _source(self, included: str) -> tuple[str, str, None] | None:
        name = plain_name(included)
        return (decoded(self.files[name]), str(self.paths[name]), None) if name in self.files else None


def plain_name(included: str) -> str:
    """The name of a file that a template includes, without the empty parts that Jinja passes over, as in `./parts//a.j2`.

    Raises `TemplateNotFound` for a name that leaves the library.
    """
    return "/".join(split_template_path(included))


def decoded(content: bytes) -> str:
    """The text of a file, its lines ended by a line feed. Raises `UnicodeDecodeError` for what is not UTF-8."""
    return content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def template_file(name: str, language: str) -> str:
    """The file of a template such as `juror/assess` in a language."""
    return f"{name}.{language}.j2"


def templates_in(layer: Layer) -> Iterator[tuple[str, str]]:
    """Name and language of every template of a layer."""
    for file in layer.names():
        match = _TEMPLATE.fullmatch(file)
        if match:
            yield match["name"], match["language"]
