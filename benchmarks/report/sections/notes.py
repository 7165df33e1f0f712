"""How the figures are read, and where they come from."""

from benchmarks.report.section import SECTIONS, Section


@SECTIONS.add("notes")
class NotesSection(Section):
    """The meaning of every figure of the report, with its source; the same under every report."""

    title = "How to read this"
    place = 90

    def view(self) -> str:
        """Nothing to add: the template holds all of it."""
        return ""
