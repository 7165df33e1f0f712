"""`langgraph.json` lists every state machine, so that LangGraph Studio opens them."""

import importlib
import json
from pathlib import Path

from langgraph.graph.state import CompiledStateGraph

ROOT = Path(__file__).parent.parent.parent
LISTED = json.loads((ROOT / "langgraph.json").read_text())["graphs"]


def test_every_listed_graph_can_be_opened_by_its_path():
    for place in LISTED.values():
        file, _, variable = place.partition(":")
        assert (ROOT / file).is_file()
        module = importlib.import_module(".".join(Path(file).with_suffix("").parts))
        assert isinstance(getattr(module, variable), CompiledStateGraph)


def test_every_state_machine_of_the_room_is_listed():
    machines = {path.name for path in (ROOT / "graphs").glob("*.py") if "StateGraph(" in path.read_text()}
    assert machines == {Path(place.partition(":")[0]).name for place in LISTED.values()}
