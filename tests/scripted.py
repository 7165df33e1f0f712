"""Models behind the gateway's own seam: scripted by name, for tests of what is above it."""

import json
import re
from collections import Counter

from jury.gateway.transport import CallFailedError
from jury.records import Cause, Completion, Juror, Panel, Request, TextPart

HEARD = re.compile(r"^\[(?P<label>[^\]]+)\] choice=(?P<choice>\w+)", re.MULTILINE)


class ScriptedTransport:
    """Answers by the model's name: `test/safe`, `test/unsafe`, `test/abstain`, `test/follower`, `test/mute`, `test/broken`."""

    def __init__(self) -> None:
        self.attempts: Counter[str] = Counter()
        self.requests: list[Request] = []

    async def attempt(self, request: Request, timeout: float) -> Completion:
        self.attempts[request.key] += 1
        self.requests.append(request)
        name = request.model.split("/")[1]
        if name == "broken":
            raise CallFailedError(Cause(kind="error", detail="is broken"), passing=False)
        text = "cannot say" if name == "mute" else self._text(request, name)
        return Completion(text=text, finish_reason="stop", input_tokens=10, output_tokens=5, cost=0.001, seconds=0.5)

    def _text(self, request: Request, name: str) -> str:
        if request.answer_schema is None:
            return f"{name} sums up"
        choice = self._followed(request) if name == "follower" else name
        rating = {"safe": 5, "unsafe": 1}.get(choice, 3)
        return json.dumps({"reasoning": f"{name} thinks so", "choice": choice, "rating": rating, "confidence": 0.9})

    def _followed(self, request: Request) -> str:
        """The choice most peers hold, `safe` before anybody was heard."""
        shown = said(request)
        peers = Counter(found["choice"] for found in HEARD.finditer(shown) if found["label"] != "you")
        return peers.most_common(1)[0][0] if peers else "safe"


def said(request: Request) -> str:
    """Everything a request says in words."""
    parts = [part for message in request.messages for part in message.parts]
    return "\n".join(part.text for part in parts if isinstance(part, TextPart))


def panel(*names: str, **settings: object) -> Panel:
    """A panel of scripted jurors, named after their models and numbered."""
    seats = tuple(Juror(name=f"{name} {number}", model=f"test/{name}") for number, name in enumerate(names))
    return Panel.model_validate({"seats": seats, **settings})
