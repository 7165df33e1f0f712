"""Settings in a file: an experiment in YAML, or the manifest of a run, with paths relative to the file itself."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, get_args

import orjson

from benchmarks.settings import RECORDED, AnswerSettings, JudgeSettings, RunSettings
from benchmarks.suites.registry import SUITES
from jury.errors import InputError
from jury.files import read_regular
from jury.juries import names_file
from jury.prompt_copies import FOLDER, read_copy
from jury.records import Record
from jury.trust.bases import note_bases
from jury.yaml_files import read_yaml

#: Files that hold settings, by the ends of their names.
_YAML, _MANIFEST = (".yaml", ".yml"), ".json"

#: What only the user can say.
_PERMISSIONS = ("allow_base", "unsafe_params")

#: The setting that lists sources.
_SOURCES = "others"


def is_experiment(name: str) -> bool:
    """Whether a source's name is that of a file with settings."""
    return name.lower().endswith((*_YAML, _MANIFEST))


def read_experiment(path: Path, settings: type[Record] = RunSettings, *, texts: bool = True) -> dict[str, Any]:
    """What a file with settings states, its paths as they are from here. Raises `InputError` that names the file.

    A manifest states its run: the jury that sat and the `texts` that are kept beside it, whatever has become of the files they
    were read from. `settings` is the record that the file describes: its fields that are paths are taken as such.
    """
    if path.suffix.lower() == _MANIFEST:
        manifest = _manifest(path)
        stated = {**manifest["settings"], **_seated(manifest), **(_worded(manifest, path.parent) if texts else {})}
    else:
        stated = read_yaml(path)
    _check_permissions(stated, path)
    note_bases(stated, path)
    return _moved(stated, lambda named: str(path.resolve().parent / named), _paths_of(settings))


def _check_permissions(stated: Mapping[str, Any], path: Path) -> None:
    """Raise `InputError` for a file that gives itself a permission: only the user gives one."""
    for name in _PERMISSIONS:
        if name in stated:
            flag = f"--{name.replace('_', '-')}"
            raise InputError(
                f"{path} states `{name}`, which no file can allow; remove it, and say {flag} on the command line"
            )


def portable(settings: RunSettings | AnswerSettings) -> dict[str, Any]:
    """Settings as the manifest in their folder states them: paths are relative to it, the folder itself is left out."""
    stated = settings.model_dump(mode="json", exclude={"out"})
    return _moved(stated, lambda named: _relative(Path(named).resolve(), settings.out.resolve()))


def _relative(path: Path, folder: Path) -> str:
    try:
        found = os.path.relpath(path, folder)
    except ValueError:  # another drive
        return str(path)
    return found if len(Path(found).parts) > 1 else f"./{found}"


def _moved(
    stated: Mapping[str, Any], move: Callable[[str], str], paths: frozenset[str] = frozenset()
) -> dict[str, Any]:
    def moved(name: str, value: Any) -> Any:
        if name == _SOURCES and isinstance(value, list):
            return [_moved_source(str(one), move) for one in value]
        return move(value) if isinstance(value, str) and _holds_path(name, value, paths) else value

    return {name: moved(name, value) for name, value in stated.items()}


def _moved_source(named: str, move: Callable[[str], str]) -> str:
    """One of many sources: a suite, a suite with its folder, or what is no suite."""
    suite, equals, folder = named.partition("=")
    if suite in tuple(SUITES):
        return f"{suite}={move(folder)}" if equals else named
    return move(named)


def _holds_path(name: str, value: str, paths: frozenset[str]) -> bool:
    """Whether a setting's value is a path: of a source, what is no suite; of a jury or panel, what names a file."""
    if name == "source":
        return value not in tuple(SUITES)
    if name in {"jury", "panel"}:
        return names_file(value)
    return name in _PATHS | paths


def _paths_of(settings: type[Record]) -> frozenset[str]:
    """The settings that are paths and nothing else."""
    fields = settings.model_fields.items()
    return frozenset(name for name, field in fields if Path in (field.annotation, *get_args(field.annotation)))


_PATHS = _paths_of(RunSettings) | _paths_of(JudgeSettings)


def _manifest(path: Path) -> dict[str, Any]:
    try:
        manifest = orjson.loads(read_regular(path))
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}; name the manifest.json of a run") from None
    except orjson.JSONDecodeError as error:
        raise InputError(f"{path} is not valid JSON: {error}") from None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("settings"), dict):
        raise InputError(f"{path} holds no settings of a run; name the manifest.json of a run, or write YAML")
    return manifest


def _worded(manifest: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The texts of a manifest as settings state them, where its run's copy lies beside it. Raises `InputError` for one that was altered."""
    listing = manifest.get("texts")
    if not isinstance(listing, dict) or not (folder / FOLDER).is_dir():
        return {}
    parts = [part for part in listing.values() if isinstance(part, dict)]
    read_copy(folder / FOLDER, {str(name): str(digest) for part in parts for name, digest in part.items()})
    return {"prompts": FOLDER}


def _seated(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """The jury of a manifest as settings state one; ballots that were recorded are read from their file again."""
    jury = manifest.get("jury")
    if not isinstance(jury, dict) or manifest["settings"].get("jury") == RECORDED:
        return {}
    plan = {name: jury.get(name) for name in ("name", "protocol", "rule", "rubric")}
    return {"jury": plan, "panel": jury.get("panel")}
