"""Extensions by name: a decorator registers them, entry points of other distributions add more."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules
from typing import Generic, TypeVar

from jury.errors import InputError

T = TypeVar("T")


class Registry(Generic[T]):
    """Named things of one kind.

    `@registry.add("name")` registers; other distributions offer theirs through the entry-point group
    `multimodal_jury.<kind>`, loaded on the first look-up of a name that is not built in.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._entries: dict[str, T] = {}

    def add(self, name: str) -> Callable[[T], T]:
        """A decorator that registers its subject. Raises `ValueError` for a name already taken."""

        def register(entry: T) -> T:
            if name in self._entries:
                raise ValueError(f"{self.kind} {name!r} is registered already")
            self._entries[name] = entry
            return entry

        return register

    def get(self, name: str) -> T:
        """The entry of that name. Raises `InputError` that lists the names there are."""
        if name not in self._entries:
            self._load_entry_points()
        if name not in self._entries:
            raise InputError(f"unknown {self.kind} {name!r}; known: {', '.join(sorted(self._entries))}")
        return self._entries[name]

    def __iter__(self) -> Iterator[str]:
        self._load_entry_points()
        return iter(sorted(self._entries))

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def _load_entry_points(self) -> None:
        for point in entry_points(group=f"multimodal_jury.{self.kind}"):
            self._entries.setdefault(point.name, point.load())


def import_folder(package: str, path: Iterable[str]) -> None:
    """Import every module of a package, so that what it holds registers: a new entry is one new file."""
    for module in iter_modules(path):
        import_module(f"{package}.{module.name}")
