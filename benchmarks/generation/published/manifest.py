"""The manifest: every setting, who took part, the wording, the versions, and a hash of every file."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.generation.published.making import Making, Material
from prompts import Library

FILE = "manifest.json"

_LIBRARIES = ("multimodal-jury", "litellm", "langgraph", "pillow", "soundfile")

#: The prompt files by which a set of release 0.1.0 knows its library.
_SHAPING = re.compile(r"(committee|image|question)/[^/]+\.j2|(techniques|roles)/[^/]+\.yaml")

#: Settings that say where and how fast a set is made, never what is in it.
_PASSING = frozenset({"out", "in_flight", "per_model", "tries", "timeout", "adaptive"})


def manifest_of(
    material: Material, making: Making, counts: Mapping[str, Any], out: Path, files: Iterable[str]
) -> dict[str, Any]:
    """What a set was made with; `files` are the paths, relative to its folder, of those that are hashed.

    Nothing in it depends on the clock or on where the folder is, so that the same command gives the same bytes.
    """
    return {
        "format": 1,
        "name": material.taxonomy.name,
        "rehearsal": making.rehearsal,
        "licence": making.licence,
        "settings": {name: _shown(value) for name, value in making.settings.items() if name not in _PASSING},
        "committee": making.committee.model_dump(mode="json"),
        "makers": dict(making.makers),
        "taxonomy": {
            "name": material.taxonomy.name,
            "hash": material.taxonomy.content_hash,
            **({"rubric": material.taxonomy.rubric} if material.taxonomy.rubric else {}),
        },
        "prompts": {"sha256": making.library.sha256, "files": _hashes(making.library, making.library.files())},
        "versions": {name: version(name) for name in _LIBRARIES},
        "counts": dict(counts),
        "files": {path: _described(out / path) for path in sorted(files)},
    }


def prompt_hashes(library: Library) -> dict[str, str]:
    """The SHA-256 of the files by which sets of release 0.1.0 tell whether a library is the one that they were made with."""
    return _hashes(library, (name for name in library.files() if _SHAPING.fullmatch(name)))


def _hashes(library: Library, names: Iterable[str]) -> dict[str, str]:
    return {name: hashlib.sha256(library.read(name)).hexdigest() for name in names}


def _described(path: Path) -> dict[str, Any]:
    data = path.read_bytes()
    return {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}


def _shown(value: Any) -> Any:
    """A setting as others may see it: of a path on the maker's machine only the last part."""
    return Path(value).name if isinstance(value, str) and Path(value).is_absolute() else value
