"""What members of a committee are asked, rendered from the project's own templates."""

from collections.abc import Callable
from typing import Any

import pytest

from jury.sandbox import Sandbox
from prompts import library

Messages = list[dict[str, Any]]

IMAGE = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}


@pytest.fixture(scope="session")
def asked() -> Callable[..., Messages]:
    """The messages of an act such as `committee/propose`, with as many images as are wanted."""
    sandbox = Sandbox(library())

    def build(act: str, language: str = "en", *, images: int = 0, **values: Any) -> Messages:
        text = {"type": "text", "text": sandbox.text(act, language, values)}
        return [{"role": "user", "content": [text, *[IMAGE] * images]}]

    return build


@pytest.fixture
def council(fence: Callable[[str, str], str]) -> Callable[..., Messages]:
    """A vote on a group of proposals, each its lines; `others` are names by number, `own` the member's last choice."""

    def build(*proposals: str, others: dict[int, str] | None = None, own: str = "") -> Messages:
        merges = "".join(f"merge_{number} | " for number in others or {})
        lines = [fence("PROMPT", proposal) for proposal in proposals]
        lines += [fence("PROMPT", f"{number}: {names}") for number, names in (others or {}).items()]
        lines += [f"[you] choice={own} rating=2", "[A] choice=keep rating=5"] if own else []
        system = f"You sit on a committee.\nCHOICES: keep | reject | {merges}abstain\nRATING: 0..9 best=low\n"
        return [{"role": "system", "content": system}, {"role": "user", "content": "\n".join(lines)}]

    return build
