"""Templates rendered in a sandbox, where every failure names the file, the line and what is wrong there."""

from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, UndefinedError

from jury.bounded_templates import BoundedEnvironment
from jury.errors import InputError
from jury.prompt_files import library_errors
from jury.records import TemplateRef
from prompts import Library


class Sandbox:
    """The compiled templates of one library. Rendering is deterministic: equal values give equal bytes."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._environment = environment_of(library)
        self._compiled: dict[str, Template] = {}
        self._refs: dict[tuple[str, str], TemplateRef] = {}

    def ref(self, act: str, language: str) -> TemplateRef:
        """Name, version and hash of a template as this sandbox renders it. Raises `InputError`."""
        known = self._refs.get((act, language))
        if known is None:
            with library_errors():
                template = self._library.template(act, language)
            known = TemplateRef(
                name=template.name, language=template.language, version=template.version, sha256=template.sha256
            )
            self._refs[act, language] = known
        return known

    @property
    def rendered(self) -> frozenset[str]:
        """The files of the templates that were rendered so far, without those that they include."""
        return frozenset(self._compiled)

    def text(self, act: str, language: str, values: Mapping[str, Any]) -> str:
        """A template's text with its values. Raises `InputError` that names the template's file and the culprit."""
        file = f"{act}.{language}.j2"
        try:
            self._environment.begin()
            template = self._compiled.get(file)
            if template is None:
                template = self._compiled[file] = self._environment.get_template(file)
            text = template.render(values)
        except Exception as error:  # a template is the user's program: whatever it raises is the user's to mend
            raise InputError(_sentence(error, file, values)) from error
        if not text.strip():
            raise InputError(f"template {file} renders to nothing; write its text")
        return text.rstrip("\n")


def environment_of(library: Library) -> BoundedEnvironment:
    """Where the templates of a library are parsed and rendered: what they may call is what it names."""
    environment = BoundedEnvironment(
        loader=library.loader,
        undefined=StrictUndefined,
        autoescape=False,  # plain text for models, not HTML
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    del environment.globals["lipsum"]  # it and `random` would make renderings differ
    del environment.filters["random"]
    return environment


def _sentence(error: Exception, file: str, values: Mapping[str, Any]) -> str:
    if isinstance(error, TemplateSyntaxError):
        return f"template {error.filename or error.name or file} line {error.lineno}: {error.message}"
    place = _place(error) or file
    if isinstance(error, UndefinedError):
        return f"template {place}: {error.message}; defined are: {', '.join(sorted(values))}"
    if isinstance(error, TemplateError):
        return f"template {place}: {error.message or type(error).__name__}; change the template"
    return f"template {place}: {type(error).__name__}: {error}; change the template"


def _place(error: Exception) -> str:
    """File and line of the innermost template that was being rendered, as far as the traceback tells."""
    place, trace = "", error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith(".j2"):
            place = f"{name} line {trace.tb_lineno}"
        trace = trace.tb_next
    return place
