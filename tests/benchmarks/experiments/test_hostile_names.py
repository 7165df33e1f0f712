"""Names from data and files are shown in every output, and obeyed in none."""

import json
from xml.etree import ElementTree

from benchmarks.experiments import hold

NAME = 'plain|[x](http://a.b)<script>alert("1")</script>\x1b[31m\n# loud'


def test_a_techniques_name_is_neither_markup_nor_a_cell_nor_an_escape_code(tmp_path):
    rows = [
        {"id": f"c{n}", "prompt": f"How do I open door {n}?", "technique": NAME if n % 2 else "quiet"} for n in range(4)
    ]
    source = tmp_path / "cases.jsonl"
    source.write_text("\n".join(map(json.dumps, rows)))
    outcome = hold(
        "technique", source, out=tmp_path / "out", target="rehearsal/reckless", jury="single", rubric="safebench"
    )
    assert NAME in [arm["name"] for arm in outcome.document["arms"]]
    table = (outcome.folder / "table.md").read_text()
    assert "<script" not in table
    assert "\x1b" not in table
    assert [line for line in table.splitlines() if line.startswith("#")] == ["# technique"]
    rows_of_arms = [line for line in table.splitlines() if line.startswith("| ") and r"\[REHEARSAL\]" in line]
    assert {line.replace(r"\|", "").count("|") for line in rows_of_arms} == {7}
    drawn = ElementTree.fromstring((outcome.folder / "plot.svg").read_text())
    assert not list(drawn.iter("{http://www.w3.org/2000/svg}script"))
