"""Who reads, and how they like to: kept in the reader's own cookies."""

from dataclasses import dataclass
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from benchmarks.labels.label import LONGEST_NAME

_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Reader:
    """`name` is whom labels are by; `blind` hides a jury's verdict until the reader has given a label.

    `unveiled` shows pictures at once, `folded` folds prompts and answers away until they are asked for.
    """

    name: str = ""
    blind: bool = False
    unveiled: bool = False
    folded: bool = False

    @classmethod
    def of(cls, request: Request) -> "Reader":
        """The reader behind a request."""
        cookies = request.cookies
        marks = {name: cookies.get(f"jury_{name}") == "1" for name in ("blind", "unveiled", "folded")}
        return cls(name=name_of(unquote(cookies.get("jury_reader", ""))), **marks)

    def remember(self, response: Response) -> None:
        """Have the browser keep it."""
        values = {"reader": quote(self.name)} | {
            name: str(int(getattr(self, name))) for name in ("blind", "unveiled", "folded")
        }
        for name, value in values.items():
            response.set_cookie(f"jury_{name}", value, max_age=_YEAR, httponly=True, samesite="strict")


def name_of(words: str) -> str:
    """A person's name on one line, without what does not print; empty for none."""
    return " ".join("".join(letter for letter in words if letter.isprintable()).split())[:LONGEST_NAME].strip()
