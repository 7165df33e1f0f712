"""The wording of a trial: templates by speaker and language, role cards, rubrics, techniques, and the loader that finds them."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, Environment, TemplateNotFound, TemplateSyntaxError
from jinja2.meta import find_referenced_templates

from prompts.layers import FolderLayer, Layer, Snapshot, decoded, template_file, templates_in
from prompts.yaml_text import YamlTextError, yaml_value

SHIPPED = Path(__file__).parent

#: What a snapshot is called in errors.
KEPT = "the texts that were kept"

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
        return template_file(self.name, self.language)


@dataclass(frozen=True)
class Library:
    """Files in layers: of two with the same name the one in the earlier layer counts.

    `spoken` are the languages in which cases are judged; None: those that every shipped template is in.
    """

    layers: tuple[Layer, ...]
    spoken: tuple[str, ...] | None = None

    @cached_property
    def loader(self) -> BaseLoader:
        """Jinja's way to the templates; a name may not leave the layers."""
        return ChoiceLoader([layer.loader() for layer in self.layers])

    def languages(self) -> tuple[str, ...]:
        """The languages in which cases are judged, sorted."""
        if self.spoken is not None:
            return self.spoken
        needed = {name for name, language in templates_in(FolderLayer(SHIPPED)) if language == "en"}
        found: dict[str, set[str]] = {}
        for name, language in self.templates():
            found.setdefault(language, set()).add(name)
        return tuple(sorted(language for language, names in found.items() if needed <= names))

    def template(self, act: str, language: str) -> Template:
        """The template of a speech act such as `juror/assess`. Raises `LibraryError` that names the file."""
        file, files = template_file(act, language), self.behind(act, language)
        source = files[file]
        version = _VERSION_LINE.match(source)
        if version is None:
            raise LibraryError(f"{self.find(file)} line 1: no version; let it begin with {{# version: 1 #}}")
        content = json.dumps(sorted(files.items())).encode()
        return Template(act, language, int(version[1]), hashlib.sha256(content).hexdigest(), source)

    def behind(self, act: str, language: str) -> dict[str, str]:
        """The sources of all files that shape a speech act in a language, by name. Raises `LibraryError`.

        They are its template, the speaker's `system` template where there is one, and what either of them includes.
        """
        opening = template_file(f"{act.rpartition('/')[0]}/system", language)
        return self.with_includes(template_file(act, language), *([opening] if self.has(opening) else []))

    def templates(self) -> tuple[tuple[str, str], ...]:
        """Name and language of every template, the parts that others include among them, sorted."""
        return tuple(sorted({found for layer in self.layers for found in templates_in(layer)}))

    def acts(self, speaker: str) -> tuple[str, ...]:
        """The names of the templates in a speaker's folder, sorted, whatever languages they are in."""
        names = (name.split("/") for name, _ in self.templates())
        return tuple(sorted({"/".join(rest) for first, *rest in names if first == speaker and rest}))

    def languages_of(self, act: str) -> tuple[str, ...]:
        """The languages that a template is in, sorted."""
        return tuple(language for name, language in self.templates() if name == act)

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
        return tuple(sorted({name for layer in self.layers for name in layer.names()}))

    @cached_property
    def sha256(self) -> str:
        """64 hex digits over every file that can shape a prompt: templates and cards as they are found."""
        digests = [(name, hashlib.sha256(self.read(name)).hexdigest()) for name in self.files()]
        return hashlib.sha256(json.dumps(digests).encode()).hexdigest()

    def has(self, name: str) -> bool:
        """Whether a file of that name is in any layer."""
        return any(layer.has(name) for layer in self.layers)

    def find(self, name: str) -> Path:
        """The path of the file of that name. Raises `LibraryError` if there is none."""
        return self._layer_of(name).path(name)

    def read(self, name: str) -> bytes:
        """The content of the file of that name. Raises `LibraryError` if there is none, or it can't be read."""
        layer = self._layer_of(name)
        try:
            return layer.read(name)
        except OSError as error:
            raise LibraryError(f"{layer.path(name)} can't be read: {error.strerror}; mend it") from None

    def snapshot(self, names: Iterable[str]) -> Snapshot:
        """Some files as they are now. Raises `LibraryError` where one is missing or can't be read."""
        listed = sorted(set(names))
        return Snapshot({name: self.read(name) for name in listed}, {name: self.find(name) for name in listed})

    def _layer_of(self, name: str) -> Layer:
        for layer in self.layers:
            if layer.has(name):
                return layer
        raise LibraryError(f"{name} is not in {self._where}; restore it")

    @property
    def _where(self) -> str:
        """The places that are looked through, in words."""
        return " or ".join(str(layer.folder) if isinstance(layer, FolderLayer) else KEPT for layer in self.layers)

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
            raise LibraryError(f"template {name} is not in {self._where}; restore it or mend its name") from None
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
        self._names = sorted(Path(file).stem for file in library.files() if re.fullmatch(rf"{kind}/[^/]+\.yaml", file))

    def __getitem__(self, name: str) -> dict[str, Any]:
        if name not in self._names:
            raise KeyError(name)
        file = f"{self._kind}/{name}.yaml"
        return _card(self._library.read(file), self._library.find(file))

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
    return Library((*([FolderLayer(folder)] if folder else []), FolderLayer(SHIPPED)))


def _card(content: bytes, path: Path) -> dict[str, Any]:
    try:
        card = yaml_value(decoded(content))
    except UnicodeDecodeError:
        raise LibraryError(f"{path} is not UTF-8 text; save it as UTF-8") from None
    except YamlTextError as error:
        raise LibraryError(f"{path}{error.where}: {error}") from None
    if not isinstance(card, dict):
        raise LibraryError(f"{path} holds no mapping; write `key: value` lines")
    return card
