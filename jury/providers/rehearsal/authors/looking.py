"""Looking: a critic that can't see counts the images it is handed and goes by what the painter was told."""

import json

from jury.painting.things import things_in
from jury.providers.rehearsal.authors.asked import Asked
from jury.providers.rehearsal.authors.character import Author
from jury.providers.rehearsal.authors.sayings import saying
from jury.providers.rehearsal.authors.things import listed
from jury.providers.rehearsal.picking import lot

#: One request in so many has its picture painted a second time.
REPAINTED = 4


def look(author: Author, asked: Asked) -> str:
    """What is seen, whether it brings the request to mind, and what to change if not."""
    request = "\n".join(asked.fenced("QUERY"))
    if not asked.images:
        seen = saying(asked.language, "no_image", key=request)
        return _said(seen, False, saying(asked.language, "no_image_advice", key=request))
    things = things_in("\n".join(asked.fenced("DESCRIPTION")))
    shown = listed(things, asked.language) if things else saying(asked.language, "nothing_known", key=request)
    seen = saying(asked.language, "seen", key=request, things=shown)
    if author.contented and asked.number("ROUND") >= _rounds_needed(request):
        return _said(seen, True, "")
    return _said(seen, False, saying(asked.language, "advice", key=f"{request}\0{asked.number('ROUND')}"))


def _rounds_needed(request: str) -> int:
    return 2 if lot(request, "repaint") % REPAINTED == 0 else 1


def _said(seen: str, brings_to_mind: bool, advice: str) -> str:
    return json.dumps({"seen": seen, "brings_to_mind": brings_to_mind, "advice": advice}, ensure_ascii=False)
