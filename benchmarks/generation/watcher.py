"""Who hears how far the making of a data set is."""

from jury.records import Usage


class Watcher:
    """Hears what happens in a sitting; the base class keeps quiet."""

    def began(self, what: str, pieces: int | None) -> None:
        """So many pieces of work (`streams`, `images` …) are to be done; None: nobody can tell yet how many."""

    def finished(self, usage: Usage) -> None:
        """One more piece is done; `usage` is what the sitting has spent so far."""

    def warned(self, sentence: str) -> None:
        """Something the maker of the set should know, but need not act on."""
