"""How the reader likes to read: by name, blind or not, pictures veiled or not, texts folded or not."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from benchmarks.viewer.pages.people import own_form
from benchmarks.viewer.reader import Reader, name_of


async def remember(request: Request) -> Response:
    """Keep the reader's wishes in their browser, and go back to the page they were on."""
    form = await own_form(request)
    marks = {name: form.get(name) == "1" for name in ("blind", "unveiled", "folded")}
    reader = Reader(name=name_of(str(form.get("name", ""))), **marks)
    response = RedirectResponse(_back(str(form.get("back", "/"))), 303)
    reader.remember(response)
    return response


def _back(path: str) -> str:
    """A path of this viewer, whatever was sent: nobody is sent on to another site."""
    clean = "".join(letter for letter in path if letter.isprintable() and letter != "\\")
    return "/" + clean.lstrip("/")
