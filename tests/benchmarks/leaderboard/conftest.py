"""Finished runs of which only the documents are there, and a file of published figures."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks import Results

Finished = Callable[..., Results]

SAFEBENCH = {"name": "safebench", "choices": ["safe", "unsafe"], "positive": "unsafe"}


def headline(name: str, value: float | None, **rest: Any) -> dict[str, Any]:
    """A headline as `results.json` holds it."""
    plain = {"label": name, "ci": None, "bounds": None, "n": 100, "unit": "percent", "direction": "lower"}
    return {"name": name, "value": value, **plain, **rest}


@pytest.fixture
def finished(tmp_path: Path) -> Finished:
    """Writes the documents of a finished run; what differs from a plain one is named."""

    def write(target: str | None, asr: float | None, *, jury: str = "trial", **differing: Any) -> Results:
        folder = tmp_path / f"run-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        rubric = differing.pop("judged_by", SAFEBENCH)
        shaping = {
            "source": "s",
            "target": None,
            "jury": {"rubric": rubric},
            "prompts": "",
            "showing": {},
            "jury_hash": jury,
        }
        (folder / "manifest.json").write_text(json.dumps(shaping))
        document = {
            "run": "r", "complete": True, "rehearsal": False, "source": "safebench", "target": target, "jury": jury,
            "protocol": jury, "rule": "strict_majority", "rubric": rubric["name"], "same_family": [], "suite": None,
            "metrics": {"asr": asr, "asr_ci": [asr - 5, asr + 5] if asr else None, "sri": 80.0, "sri_ci": None},
            "headlines": [headline("asr", asr), headline("sri", 80.0, direction="higher")],
            "counts": {"cases": 100, "decided": 97, "hung": 2, "no_quorum": 1, "invalid": 0, "choices": {}},
            "panel": {}, "jurors": {},
            "usage": {"calls": 0, "input_tokens": 0, "output_tokens": 0, "cost": None, "seconds": 0.0},
            **differing,
        }  # fmt: skip
        (folder / "results.json").write_text(json.dumps(document))
        return Results.read(folder)

    return write


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """Figures of two models as somebody published them."""
    path = tmp_path / "paper.csv"
    path.write_text("model,CO_ASR,AVG_ASR,AVG_SRI\nCarefulModel,0.3,1.5,98.5\nCarelessModel,50.0,60.0,\n")
    return path
