"""The sandbox in which templates are rendered, with bounds on what one rendering may repeat, print and call."""

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

#: The most that one rendering may do: steps of loops, calls and printed values together.
MOST_STEPS = 1_000_000

#: The most characters that one value may have, and that one rendering may print.
LONGEST = 20_000_000

#: The largest number that a template may give to a filter or a method, such as a width.
WIDEST = 10_000

_COUNTED = "counted_steps"


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox that raises `SecurityError` for a template without end; `begin` starts a new rendering."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, finalize=self._printed)
        self._steps = self._characters = 0
        self.filters = {name: self._bounded(name, one) for name, one in self.filters.items()}
        self.filters[_COUNTED] = self._counted

    def begin(self) -> None:
        """Start counting anew."""
        self._steps = self._characters = 0

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """The value of an operation, unless it could be too long."""
        if operator == "**":
            raise SecurityError("powers are not computed in templates")
        sizes = [len(side) if isinstance(side, (str, list, tuple)) else side for side in (left, right)]
        numbers = [abs(size) for size in sizes if isinstance(size, (int, float))]
        longest = (numbers or [0])[0] * (numbers[1] if len(numbers) > 1 else 1) if operator == "*" else sum(numbers)
        if longest > LONGEST or (operator == "%" and isinstance(left, str)):
            raise SecurityError(f"{operator} makes more than {LONGEST:,} characters, or formats a text")
        return super().call_binop(context, operator, left, right)

    def call(self, context: Any, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """What a function, macro or method gives, if it is asked for nothing too wide."""
        self._step()
        owner = getattr(obj, "__self__", None)
        if isinstance(owner, str):
            self._check(owner, args, kwargs)
        return super().call(context, obj, *args, **kwargs)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The template with every loop over a counted iterable."""
        template = super()._parse(source, name, filename)
        for loop in template.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, _COUNTED, [], [], None, None, lineno=loop.lineno)
        return template

    def _load_template(self, name: str, globals: Any) -> Any:  # noqa: A002 - Jinja's own name
        self._step()
        return super()._load_template(name, globals)

    def _counted(self, values: Iterable[Any]) -> Iterator[Any]:
        for value in values:
            self._step()
            yield value

    def _printed(self, value: Any) -> Any:
        self._step()
        self._characters += len(value) if isinstance(value, str) else 0
        if self._characters > LONGEST:
            raise SecurityError(f"a template prints more than {LONGEST:,} characters")
        return value

    def _step(self) -> None:
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise SecurityError(f"a template takes more than {MOST_STEPS:,} steps")

    def _bounded(self, name: str, one: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(one)
        def bounded(*args: Any, **kwargs: Any) -> Any:
            self._step()
            texts = [value for value in args if isinstance(value, str)]
            if name in {"format", "pprint"}:
                raise SecurityError(f"the filter {name} is not there in templates")
            self._check(texts[0] if texts else "", args, kwargs)
            return one(*args, **kwargs)

        return bounded

    def _check(self, text: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Raise `SecurityError` for a width beyond `WIDEST`, or texts whose product, as in a replacement, is too long."""
        values = [*args, *kwargs.values()]
        if any(isinstance(value, (int, float)) and value > WIDEST for value in values):
            raise SecurityError(f"a filter or method is asked for more than {WIDEST:,}")
        longest = max((len(value) for value in values if isinstance(value, str) and value is not text), default=0)
        if len(text) * longest > 50 * LONGEST:
            raise SecurityError("a filter or method could make too long a text")
