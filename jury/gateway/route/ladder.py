"""How each model is asked for JSON: as well as it can take it, and one rung lower wherever its server refuses."""

from jury.records import Endpoint, Request, Structured

RUNGS: tuple[Structured, ...] = ("schema", "json", "instruction")


class Ladder:
    """Remembers, for as long as the process lives, on which rung a model at an address has answered."""

    def __init__(self) -> None:
        self._proven: dict[Endpoint, Structured] = {}

    def rungs(self, request: Request, highest: Structured) -> tuple[Structured, ...]:
        """The rungs left to try, best first; `highest` counts as long as the model has not proved it wrong."""
        return RUNGS[RUNGS.index(self._proven.get(request.endpoint, highest)) :]

    def remember(self, request: Request, rung: Structured) -> None:
        """Note that the model answered on this rung after it had refused the ones above."""
        self._proven[request.endpoint] = rung


def response_format(request: Request, rung: Structured | None) -> dict[str, object]:
    """What asks for JSON on a rung, in OpenAI's form; nothing where the prompt's words have to do."""
    if rung == "schema":
        form = {"name": "answer", "schema": request.answer_schema, "strict": True}
        return {"response_format": {"type": "json_schema", "json_schema": form}}
    return {"response_format": {"type": "json_object"}} if rung == "json" else {}
