"""Who hears how far the making of a data set is."""

from jury.records import Usage


class Watcher:
    """Hears what happens in a sitting; the base class keeps quiet."""

    def began(self, streams: int) -> None:
        """So many streams of queries are to be written, or to be written on."""

    def finished(self, usage: Usage) -> None:
        """One more stream has what it needs; `usage` is what the sitting has spent so far."""
