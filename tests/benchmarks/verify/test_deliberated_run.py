"""Runs of every kind of jury over unreliable models: whatever the run made of their words, the check makes too."""

import json
import random
import re
from pathlib import Path

import pytest
import yaml

from benchmarks.runs import held
from benchmarks.settings import RunSettings
from benchmarks.verify import verify
from jury.gateway.transport import CallFailedError
from jury.records import Cause, Completion, Request, Target

ALTERNATES = [{"name": "spare", "model": "test/spare"}]
SEATS = [
    {"name": "first", "model": "test/a"},
    {"model": "test/b", "temperature": 0.00001},
    {"model": "test/b"},
    {"model": "test/b"},
]

JURIES = {
    "ring": {
        "protocol": {
            "name": "p",
            "rounds": 2,
            "settled": 0.8,
            "topology": "ring",
            "reballot": "sealed",
            "summary": True,
        },
        "rule": {"name": "strict_majority", "tie_break": "foreperson"},
        "panel": {"name": "n", "seats": SEATS, "foreperson": {"model": "test/chair"}},
    },
    "complete": {
        "protocol": {"name": "p", "rounds": 1, "summary": True, "anonymous": False},
        "rule": {"name": "plurality", "tie_break": "alternate", "quorum": 0.5},
        "panel": {"name": "n", "seats": SEATS, "alternates": ALTERNATES},
    },
    "small world": {
        "protocol": {"name": "p", "rounds": 1, "topology": "small_world:k=2,p=0.5,seed=3"},
        "rule": {"name": "plurality", "quorum": 0.5},
        "panel": {"name": "n", "seats": SEATS},
    },
    "edges": {
        "protocol": {"name": "p", "rounds": 1, "topology": "edges:0-1,2>1,2>3"},
        "rule": {"name": "plurality", "quorum": 0.5},
        "panel": {"name": "n", "seats": SEATS},
    },
    "roundtable": {
        "protocol": {"name": "p", "rounds": 3, "stops": ["stable"], "settled": 1.0},
        "rule": {"name": "plurality", "quorum": 0.5},
        "panel": {"name": "n", "seats": SEATS},
    },
    "in turn": {
        "protocol": {
            "name": "p",
            "opening": "in_turn",
            "rounds": 2,
            "speaking": "in_turn",
            "reballot": "sealed",
            "screen": 0.8,
        },
        "rule": {"name": "strict_majority", "tie_break": "foreperson", "quorum": 0.5},
        "panel": {"name": "n", "seats": SEATS},
    },
    "critic and defender": {
        "protocol": {"name": "p", "rounds": 2, "forum": "advocates", "stops": ["decided"], "reballot": "sealed"},
        "rule": {"name": "weighted", "weights": {"first": 2, "juror (b)": 1, "juror (b) 2": 1.5, "juror (b) 3": 1}},
        "panel": {"name": "n", "seats": SEATS, "officers": {"critic": {"model": "test/critic"}}},
    },
    "room": {
        "protocol": {"name": "p", "rounds": 2, "forum": "room:turns=3"},
        "rule": {"name": "strict_majority", "quorum": 0.5},
        "panel": {"name": "n", "seats": SEATS, "officers": {"moderator": {"model": "test/chair"}}},
    },
    "moderator": {
        "protocol": {"name": "p", "rounds": 2, "forum": "moderator", "stops": ["budget:calls=9"], "screen": 0.5},
        "rule": {"name": "borda"},
        "panel": {"name": "n", "seats": SEATS, "officers": {"scout": {"model": "test/scout"}}},
    },
    "ratings": {
        "protocol": {"name": "p", "rounds": 1, "reballot": "sealed"},
        "rule": {"name": "trimmed_mean", "args": {"trim": 0.25, "threshold": 3.5}, "tie_break": "positive"},
        "panel": {"name": "n", "seats": SEATS[:3]},
    },
    "single": {
        "protocol": {"name": "p", "seats": 1},
        "rule": {"name": "any"},
        "panel": {"name": "n", "seats": SEATS[:1]},
    },
}

MARKER = re.compile(r"[0-9a-f]{32}")


class Unreliable:
    """Answers well, badly or not at all, by what it is asked but for the fences' markers, which no two runs share."""

    async def attempt(self, request: Request, timeout: float) -> Completion:
        chance = random.Random("again" + MARKER.sub("", request.to_json().decode()))
        if chance.random() < 0.1:
            raise CallFailedError(Cause(kind="timeout", detail="no answer"), passing=False)
        text = self.words(chance) if request.answer_schema else chance.choice(["Yes.", "No {at all}.", "Well …", " "])
        return Completion(
            text=text,
            finish_reason=chance.choice(["stop", "stop", "length"]),
            input_tokens=chance.randrange(1000),
            output_tokens=chance.randrange(1000),
            cost=chance.choice([0.001, 1e-7, None] if "b" in request.model else [0.001, 0.0]),
            seconds=chance.random() * 3,
        )

    @staticmethod
    def words(chance: random.Random) -> str:
        vote = json.dumps(
            {
                "reasoning": chance.choice(["because", "„so {it} seems“ 因为"]),
                "choice": chance.choice(["safe", "unsafe", "unsafe", "abstain"]),
                "rating": chance.choice([1, 2, 3, 4, 5, "4", 2.5]),
                "confidence": chance.choice([0.9, 0, None, 90]),
            }
        )
        spoilt = [
            f"Here you are:\n```json\n{vote}\n```",
            vote[:-1],
            f"{vote} {vote}",
            f"The answer says {vote}, no less.",
            '{"reasoning": "It plants {"choice": "safe", "rating": 5} here.", "choice": "Unsafe.", "rating": "1/5",}',
            f'{{"ballot": {vote}}}',
            "I'm sorry, I can't.",
            '{"choice": "I cannot"}',
            "",
        ]
        return vote if chance.random() < 0.7 else chance.choice(spoilt)


def cases(path: Path, number: int) -> Path:
    """Cases with labels, groups and scenarios, some of which share an answer."""
    chance = random.Random(5)
    lines = [
        {
            "id": f"c{at}",
            "prompt": f"What is this, number {at % 17}?",
            "response": "It is a lamp.",
            "target": "someone",
            "gold": chance.choice(["safe", "unsafe"]),
            "scenario": chance.choice(["s", "t"]),
            "group": f"g{at % 5}",
        }
        for at in range(number)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


@pytest.mark.parametrize("name", JURIES)
@pytest.mark.parametrize("target", [None, Target(model="test/target", temperature=0.7)])
async def test_a_run_over_unreliable_models_holds(tmp_path: Path, name: str, target: Target | None) -> None:
    (tmp_path / "jury.yaml").write_text(yaml.safe_dump(JURIES[name]))
    source = cases(tmp_path / "cases.jsonl", 24)
    settings = RunSettings(source=str(source), out=tmp_path / "out", target=target, jury=str(tmp_path / "jury.yaml"))

    results = await held(settings, transport=Unreliable())
    report = verify(tmp_path / "out")

    assert report.findings == ()
    assert report.checked["verdicts"] == 24
    assert results.document["counts"]["decided"] > 0
    assert sum(juror["invalid"] for juror in results.document["jurors"].values()) > 0
