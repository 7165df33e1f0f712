"""Texts of models and data on a page: shown, never obeyed, and cut where they are long.

A report is one file and loads nothing; so that it stays small, a text that is cut is written whole to a plain text file
beside it, named by the text's SHA-256, and linked. A report without its folder of texts lacks nothing but those.
"""

import hashlib

from markupsafe import Markup

from benchmarks.cli.printable import on_one_line, printable

#: Characters shown of a prompt or an answer, and of a juror's reasons.
LONGEST, LONGEST_REASON = 4_000, 1_500

#: Characters shown of anything that has one line to stand on: names, ids, causes.
LINE = 200


def one_line(value: object) -> str:
    """A value on one line of at most `LINE` characters, without control characters; only as much is read of it."""
    return on_one_line(str(value)[: 4 * LINE], LINE)


class LongTexts:
    """Cuts texts for a page and remembers the whole of those it cut: `wholes` is file name → text."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.wholes: dict[str, str] = {}

    def prose(self, text: str, longest: int = LONGEST) -> Markup:
        """A paragraph of somebody's words; one that is too long ends in a link to the whole."""
        if len(text) <= longest:
            return Markup('<p class="words" dir="auto">{}</p>').format(printable(text))
        whole = printable(text)
        name = f"{hashlib.sha256(whole.encode()).hexdigest()}.txt"
        self.wholes[name] = whole
        return Markup(
            '<p class="words" dir="auto">{}…</p>\n<p class="cut">Cut here: {:,} of {:,} characters are shown. '
            '<a href="{}">Read the whole text</a></p>'
        ).format(printable(text[:longest]), longest, len(text), f"{self.folder}/{name}")

    def reason(self, text: str) -> Markup:
        """A juror's reasons."""
        return self.prose(text, LONGEST_REASON)
