"""Inspect's own models and states, and jurors that count what they are asked, for tests of the scorer."""

import importlib.util
import json

import pytest
from inspect_ai import Task
from inspect_ai import eval as evaluate
from inspect_ai.log import read_eval_log
from inspect_ai.model import ModelOutput, get_model

from benchmarks import function_target
from benchmarks.inspecting import jury_scorer
from jury.records import Juror, Panel


@pytest.fixture(autouse=True)
def tokens_counted_offline(monkeypatch):
    """Inspect counts tokens with an encoding that it would download; LiteLLM's wheel holds the same one."""
    (litellm,) = importlib.util.find_spec("litellm").submodule_search_locations
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", f"{litellm}/litellm_core_utils/tokenizers")


@pytest.fixture
def scored(tmp_path):
    """A log, read back from its file, of samples answered by a mock model and scored by a jury."""

    def score(samples, *outputs, epochs=1, fails=False, **settings):
        said = [
            one if isinstance(one, ModelOutput) else ModelOutput.from_content("mockllm/model", one) for one in outputs
        ]
        (log,) = evaluate(
            Task(dataset=samples, scorer=jury_scorer(**settings)),
            model=get_model("mockllm/model", custom_outputs=said),
            epochs=epochs,
            log_dir=str(tmp_path / "logs"),
            display="none",
            max_connections=1,
            max_samples=1,
        )
        assert log.status == ("error" if fails else "success"), log.error
        return read_eval_log(log.location)

    return score


class Bench:
    """Jurors that are functions: each votes as it is told, and every call is counted."""

    def __init__(self, *choices: str) -> None:
        self.calls = 0
        self.heard: list[str] = []
        seats = tuple(self._juror(f"juror {number}", choice) for number, choice in enumerate(choices))
        self.panel = Panel(name="scripted", seats=seats)

    def _juror(self, name: str, choice: str) -> Juror:
        def vote(messages):
            self.calls += 1
            self.heard.append(json.dumps(messages))
            return json.dumps({"reasoning": f"{name} says so", "choice": choice, "rating": 3, "confidence": 0.9})

        return Juror(name=name, model=function_target(vote, name=name, origin=f"{name} {choice}").model)


@pytest.fixture
def bench():
    """A bench of jurors who vote as named."""
    return Bench
