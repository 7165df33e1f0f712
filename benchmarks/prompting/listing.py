"""What a library of prompts holds, and where each piece comes from."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jury.errors import InputError
from jury.prompt_files import library_errors
from prompts import SHIPPED, Library, LibraryError
from prompts.layers import decoded

#: The kinds of cards, by their folder.
CARDS = ("roles", "rubrics", "techniques")


@dataclass(frozen=True)
class Piece:
    """A template, with its languages and hash (of English, else of the first), or a card."""

    kind: str
    name: str
    languages: tuple[str, ...]
    version: int | None
    sha256: str
    origin: str

    @property
    def document(self) -> dict[str, Any]:
        """The piece as plain values."""
        return {**asdict(self), "languages": list(self.languages)}


def pieces(library: Library) -> list[Piece]:
    """Every template and card, sorted by kind and name. Raises `InputError` for a template without a version."""
    with library_errors():
        return [*_templates(library), *_cards(library)]


def source_of(library: Library, name: str, language: str) -> dict[str, str]:
    """The text of a template and of all it includes, or of a card, by file. Raises `InputError` for an unknown name."""
    with library_errors():
        if (name, language) in library.templates():
            return library.with_includes(f"{name}.{language}.j2")
        for kind in CARDS:
            if f"{kind}/{name}.yaml" in library.files():
                file = f"{kind}/{name}.yaml"
                return {file: decoded(library.read(file))}
    known = sorted(
        {template for template, _ in library.templates()}
        | {Path(file).stem for file in library.files() if file.endswith(".yaml")}
    )
    near = [one for one in known if name.rpartition("/")[2] in one][:6]
    told = f"; near it: {', '.join(near)}" if near else "; jury prompts list names all"
    raise InputError(f"there is no template or card {name!r} in language {language!r}{told}")


def origin_of(library: Library, file: str) -> str:
    """`shipped`, or the folder of the user's that a file comes from."""
    found = library.find(file)
    return "shipped" if found.is_relative_to(SHIPPED) else str(found)


def _templates(library: Library) -> Iterator[Piece]:
    for name in sorted({template for template, _ in library.templates()}):
        languages = library.languages_of(name)
        shown = "en" if "en" in languages else languages[0]
        file = f"{name}.{shown}.j2"
        version, sha256 = None, ""
        if not name.startswith("parts/") and not name.endswith("/system"):
            template = library.template(name, shown)
            version, sha256 = template.version, template.sha256
        yield Piece(
            "part" if name.startswith("parts/") else "template",
            name,
            languages,
            version,
            sha256,
            origin_of(library, file),
        )


def _cards(library: Library) -> Iterator[Piece]:
    for kind, cards in zip(
        CARDS, (library.role_cards(), library.rubric_cards(), library.technique_cards()), strict=True
    ):
        for name, card in cards.items():
            told = card.get("title") or card.get("question") or card.get("instruction") or {}
            languages = tuple(sorted(told)) if isinstance(told, dict) else ()
            version = card.get("version")
            if version is not None and not isinstance(version, int):
                raise LibraryError(f"{library.find(f'{kind}/{name}.yaml')}: field `version` is no whole number")
            yield Piece(kind.removesuffix("s"), name, languages, version, "", origin_of(library, f"{kind}/{name}.yaml"))
