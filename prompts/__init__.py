"""The wording of a trial: templates by speaker and language, role cards, rubrics, techniques, and the loader that finds them."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, TemplateNotFound, TemplateSyntaxError
from jinja2.meta import find_referenced_templates

from prompts.yaml_text import YamlTextError, yaml_value

SHIPPED = Path(__file__).parent

_TEMPLATE_FILE = re.compile(r"(?P<name>.+)\.(?P<language>[a-z]{2,3})\.j2")
_VERSION_LINE = re.compile(r"\{#-?\s*version:\s*(\d+)\s*-?#\}")


class LibraryError(Exception):
    """A file of the library is missing or malformed: one sentence that names it."""


@dataclass(frozen=True)
class Template:
    """The text of one speech act in one language.

    `sha256` (64 hex digits) covers all that shapes the rendered text: this file, the speaker's `system` template
    (said before every act, where there is one), and every file either of them includes.
    """

    name: str
    language: str
    version: int
    sha256: str
    source: str

    @property
    def file(self) -> str:
        """Where it lies in the library's folder."""
        return _file(self.name, self.language)


@dataclass(frozen=True)
class Library:
    """The shipped prompts, with a user's folder in front: its files replace shipped ones of the same name."""

    folder: Path | None = None

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where files are looked for, first come first served."""
        return (self.folder, SHIPPED) if self.folder else (SHIPPED,)

    @cached_property
    def loader(self) -> FileSystemLoader:
        """Jinja's way to the templates; a name may not leave the folders."""
        return FileSystemLoader(self.folders)

    def languages(self) -> tuple[str, ...]:
        """The languages in which every shipped template exists, sorted."""
        needed = {name for name, language in _templates(SHIPPED) if language == "en"}
        found: dict[str, set[str]] = {}
        for folder in self.folders:
            for name, language in _templates(folder):
                found.setdefault(language, set()).add(name)
        return tuple(sorted(language for language, names in found.items() if needed <= names))

    def template(self, act: str, language: str) -> Template:
        """The template of a speech act such as `juror/assess`. Raises `LibraryError` that names the file."""
        file, opening = _file(act, language), _file(f"{act.rpartition('/')[0]}/system", language)
        said_before = (opening,) if self._has(opening) else ()
        files = self.with_includes(file, *said_before)
        source = files[file]
        version = _VERSION_LINE.match(source)
        if version is None:
            raise LibraryError(f"{self.find(file)} line 1: no version; let it begin with {{# version: 1 #}}")
        content = json.dumps(sorted(files.items())).encode()
        return Template(act, language, int(version[1]), hashlib.sha256(content).hexdigest(), source)

    def templates(self) -> tuple[tuple[str, str], ...]:
        """Name and language of every template, the parts that others include among them, sorted."""
        return tuple(sorted({found for folder in self.folders for found in _templates(folder)}))

    def acts(self, speaker: str) -> tuple[str, ...]:
        """The names of the templates in a speaker's folder, sorted, whatever languages they are in."""
        names = (name.split("/") for folder in self.folders for name, _ in _templates(folder))
        return tuple(sorted({"/".join(rest) for first, *rest in names if first == speaker and rest}))

    def languages_of(self, act: str) -> tuple[str, ...]:
        """The languages that a template is in, sorted."""
        found = {language for folder in self.folders for name, language in _templates(folder) if name == act}
        return tuple(sorted(found))

    def role_cards(self) -> Mapping[str, dict[str, Any]]:
        """What the files in `roles/` say, by role name. Looking one up raises `LibraryError` if it is malformed."""
        return _Cards(self, "roles")

    def rubric_cards(self) -> Mapping[str, dict[str, Any]]:
        """What the files in `rubrics/` say, by rubric name. Looking one up raises `LibraryError` if it is malformed."""
        return _Cards(self, "rubrics")

    def technique_cards(self) -> Mapping[str, dict[str, Any]]:
        """What the files in `techniques/` say, by technique. Looking one up raises `LibraryError` if it is malformed."""
        return _Cards(self, "techniques")

    def files(self) -> tuple[str, ...]:
        """The names of every file that can shape a prompt, templates and cards, sorted."""
        names = {
            path.relative_to(folder).as_posix()
            for folder in self.folders
            for pattern in ("**/*.j2", "roles/*.yaml", "rubrics/*.yaml", "techniques/*.yaml")
            for path in folder.glob(pattern)
        }
        return tuple(sorted(names))

    @cached_property
    def sha256(self) -> str:
        """64 hex digits over every file that can shape a prompt: templates and cards as they are found."""
        digests = [(name, hashlib.sha256(self.find(name).read_bytes()).hexdigest()) for name in self.files()]
        return hashlib.sha256(json.dumps(digests).encode()).hexdigest()

    def find(self, name: str) -> Path:
        """The file of that name within the library's folders. Raises `LibraryError` if there is none."""
        if self._has(name):
            return next(folder / name for folder in self.folders if (folder / name).is_file())
        raise LibraryError(f"{name} is not in {' or '.join(str(folder) for folder in self.folders)}; restore it")

    def _has(self, name: str) -> bool:
        return any((folder / name).is_file() for folder in self.folders)

    def with_includes(self, *names: str) -> dict[str, str]:
        """The sources of some template files and of every file they include, by name. Raises `LibraryError`."""
        sources: dict[str, str] = {}
        pending = list(names)
        while pending:
            name = pending.pop()
            if name not in sources:
                sources[name] = self._source(name)
                pending.extend(self._included(name, sources[name]))
        return sources

    def _source(self, name: str) -> str:
        try:
            return self.loader.get_source(Environment(), name)[0]  # noqa: S701 - reads text, renders nothing
        except TemplateNotFound:
            folders = " or ".join(str(folder) for folder in self.folders)
            raise LibraryError(f"template {name} is not in {folders}; restore it or mend its name") from None
        except OSError as error:
            raise LibraryError(f"{self.find(name)} can't be read: {error.strerror}; mend it") from None
        except UnicodeDecodeError:
            raise LibraryError(f"{self.find(name)} is not UTF-8 text; save it as UTF-8") from None

    def _included(self, name: str, source: str) -> Iterator[str]:
        try:
            tree = Environment().parse(source)  # noqa: S701 - parses text, renders nothing
        except TemplateSyntaxError as error:
            raise LibraryError(f"{self.find(name)} line {error.lineno}: {error.message}") from None
        for included in find_referenced_templates(tree):
            if included is None:
                raise LibraryError(f"{self.find(name)} includes a file by a computed name; write the name itself")
            yield included


class _Cards(Mapping[str, dict[str, Any]]):
    """The YAML files of one kind by name, sorted; a file is read when it is looked up, so that none costs another."""

    def __init__(self, library: Library, kind: str) -> None:
        self._library = library
        self._kind = kind
        self._names = sorted({path.stem for folder in library.folders for path in (folder / kind).glob("*.yaml")})

    def __getitem__(self, name: str) -> dict[str, Any]:
        if name not in self._names:
            raise KeyError(name)
        return _card(self._library.find(f"{self._kind}/{name}.yaml"))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def library(folder: Path | None = None) -> Library:
    """The library of prompts: the shipped one, or a user's folder in front of it.

    Raises `LibraryError` for a folder that is not there.
    """
    if folder is not None and not folder.is_dir():
        raise LibraryError(f"{folder} is not a folder of prompts; name an existing folder")
    return Library(folder)


def _file(name: str, language: str) -> str:
    return f"{name}.{language}.j2"


def _templates(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and language of every template in a folder."""
    for path in folder.rglob("*.j2"):
        match = _TEMPLATE_FILE.fullmatch(path.relative_to(folder).as_posix())
        if match:
            yield match["name"], match["language"]


def _card(path: Path) -> dict[str, Any]:
    try:
        content = yaml_value(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LibraryError(f"{path} can't be read: {error.strerror}; mend it or delete the file") from None
    except UnicodeDecodeError:
        raise LibraryError(f"{path} is not UTF-8 text; save it as UTF-8") from None
    except YamlTextError as error:
        raise LibraryError(f"{path}{error.where}: {error}") from None
    if not isinstance(content, dict):
        raise LibraryError(f"{path} holds no mapping; write `key: value` lines")
    return content
