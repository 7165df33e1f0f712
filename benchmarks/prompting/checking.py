"""Whether a library of prompts holds together: every finding names a file, a line where there is one, and the way out."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.meta import find_undeclared_variables

from benchmarks.prompting.listing import origin_of
from jury.errors import InputError
from jury.forums import FORUMS
from jury.juries import PRESETS, REHEARSAL, fitting, load_panel, load_plan, seat
from jury.proofs import proofread
from jury.records import Office, Panel
from jury.rendering import Renderer
from jury.roles import load_role
from jury.rubrics import load_rubric, rubric_names
from jury.sandbox import Sandbox
from prompts import SHIPPED, Library, LibraryError, library
from prompts.layers import decoded

Level = Literal["error", "warning", "info"]

#: Roles that are taken on without a panel naming them.
_OFFICES = frozenset({*Office.__args__, "foreperson", "juror"})  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Finding:
    """What is wrong, where, and what to do about it. An `error` breaks a jury, a `warning` is never noticed else."""

    level: Level
    file: str
    what: str
    line: int | None = None


def check(found: Library, panel: Panel | None = None) -> list[Finding]:
    """Everything that is wrong with a library, errors first; with a panel, also whether its roles exist."""
    handed = _Recording(found)
    broken = list(_rendered(found, handed))
    findings = [
        *_undefined(found, handed.values),
        *_versions(found),
        *_languages(found),
        *_cards(found),
        *_unused(found),
        *_roles(found, panel),
    ]
    told = {finding.file for finding in findings}
    findings += [finding for finding in broken if finding.file not in told]
    order = ("error", "warning", "info")
    return sorted(findings, key=lambda one: (order.index(one.level), one.file, one.line or 0, one.what))


class _Recording(Sandbox):
    """Renders as any sandbox, and notes which values every template is handed."""

    def __init__(self, found: Library) -> None:
        super().__init__(found)
        self.values: dict[str, set[str]] = defaultdict(set)

    def text(self, act: str, language: str, values: Mapping[str, Any]) -> str:
        self.values[act].update(values)
        return super().text(act, language, values)


def _rendered(found: Library, sandbox: _Recording) -> Iterator[Finding]:
    """Every speech of every shipped protocol on a specimen, in every language that is complete."""
    renderer = Renderer(found, "", sandbox=sandbox)
    for preset in sorted((PRESETS / "protocols").glob("*.yaml")):
        plan = load_plan(preset.stem).but(officers={})  # wording is the same whoever scouts
        for rubric in ("safebench", "refusal"):
            try:
                sitting = fitting(load_panel(REHEARSAL), plan.protocol)
                jury = seat(plan, sitting, load_rubric(rubric, found), found)
                proofread(jury, found, found.languages(), renderer)
            except InputError as error:
                yield Finding("error", _file_in(str(error)), str(error))


def _file_in(sentence: str) -> str:
    """The file that an error's sentence names."""
    words = (word.strip(":,;'\"") for word in sentence.split())
    return next((word for word in words if word.endswith((".j2", ".yaml"))), "")


def _undefined(found: Library, handed: Mapping[str, set[str]]) -> Iterator[Finding]:
    """Variables that a template uses and nobody hands it, branches that are never taken included."""
    environment, shipped = Environment(), library()  # noqa: S701 - parses text, renders nothing
    for name, language in found.templates():
        file = f"{name}.{language}.j2"
        try:
            tree = environment.parse(decoded(found.read(file)))
        except TemplateSyntaxError as error:
            yield Finding("error", file, f"{error.message}; mend the template", error.lineno)
            continue
        known = _shipped_variables(shipped, environment, name) | handed.get(name, set())
        if not known:
            continue
        for variable in sorted(find_undeclared_variables(tree) - known):
            line = next((node.lineno for node in tree.find_all(nodes.Name) if node.name == variable), None)
            told = ", ".join(sorted(known)) or "nothing"
            yield Finding("error", file, f"{variable!r} is undefined; it is handed {told}", line)


def _shipped_variables(shipped: Library, environment: Environment, name: str) -> set[str]:
    """What the shipped wording of a template uses, in any language: whoever renders it hands it that."""
    variables: set[str] = set()
    for language in shipped.languages_of(name):
        text = (SHIPPED / f"{name}.{language}.j2").read_text(encoding="utf-8")
        variables |= find_undeclared_variables(environment.parse(text))
    return variables


def _versions(found: Library) -> Iterator[Finding]:
    for name, language in found.templates():
        if name.startswith("parts/") or name.endswith("/system"):
            continue
        try:
            found.template(name, language)
        except LibraryError as error:
            yield Finding("error", f"{name}.{language}.j2", str(error))


def _languages(found: Library) -> Iterator[Finding]:
    """Languages that some templates are in and others are not: no case is judged in them."""
    templates = found.templates()
    needed = {name for name, language in templates if language == "en"}
    for language in sorted({language for _, language in templates}):
        missing = sorted(needed - {name for name, other in templates if other == language})
        for name in missing:
            what = f"is missing in language {language!r}: until all are there, such cases are judged in English"
            yield Finding("error", f"{name}.{language}.j2", f"{what}; translate {name}.en.j2")


def _cards(found: Library) -> Iterator[Finding]:
    kinds: tuple[tuple[str, Any, Callable[[str, Library], object]], ...] = (
        ("roles", found.role_cards(), load_role),
        ("rubrics", rubric_names(found), load_rubric),
    )
    for kind, names, load in kinds:
        for name in names:
            try:
                load(name, found)
            except InputError as error:
                yield Finding("error", f"{kind}/{name}.yaml", str(error))


def _unused(found: Library) -> Iterator[Finding]:
    """Templates of the user's that nobody asks for: most likely a mistyped name."""
    shipped = {name for name, _ in library().templates()}
    asked = {act for name in FORUMS for _, act in FORUMS.get(name).speeches()}
    included = {file for name, language in found.templates() for file in _included(found, f"{name}.{language}.j2")}
    for name, language in found.templates():
        file = f"{name}.{language}.j2"
        if name not in shipped | asked and not name.endswith("/system") and file not in included:
            yield Finding(
                "warning", file, "is never used: no speech act has that name; mend the name or delete the file"
            )


def _included(found: Library, file: str) -> set[str]:
    try:
        return set(found.with_includes(file)) - {file}
    except LibraryError:
        return set()


def _roles(found: Library, panel: Panel | None) -> Iterator[Finding]:
    """Roles that a panel names and nobody wrote; and cards that no shipped panel or committee seats."""
    cards = set(found.role_cards())
    if panel is not None:
        for role in sorted({juror.role for juror in panel.everybody} - cards):
            what = f"panel {panel.name!r} names role {role!r}, which has no card; write one, or take {', '.join(sorted(cards))}"
            yield Finding("error", f"roles/{role}.yaml", what)
    seated = {juror.role for juror in (*load_panel(REHEARSAL).everybody, *(panel.everybody if panel else ()))}
    for role in sorted(cards - seated - _OFFICES):
        if origin_of(found, f"roles/{role}.yaml") != "shipped":
            what = "is seated by no panel that was looked at; name it in a panel, or check with --panel FILE"
            yield Finding("info", f"roles/{role}.yaml", what)
