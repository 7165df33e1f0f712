"""A run's documents after somebody's editor, or a bad disk, had them: read, or turned down in one sentence."""

import json
import shutil

import pytest
import report_runs
from hypothesis import given
from hypothesis import strategies as st
from mutating import fuzzed, mutated

from benchmarks.compare import compare
from benchmarks.results import Results
from benchmarks.verify import verify
from benchmarks.viewer.places import Catalogue
from jury.errors import InputError

WRONG = st.sampled_from([None, 1, "x", [], {}, True, [1], {"a": 1}])


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return report_runs.plain_run(tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def folder(whole, tmp_path_factory):
    copy = tmp_path_factory.mktemp("copies") / "copy"
    shutil.copytree(whole, copy)
    return copy


def assert_read_or_told(whole, folder):
    for read in (
        lambda: verify(folder),
        lambda: [run.target for run in Catalogue([folder]).runs.values()],
        lambda: compare([Results.read(folder), Results.read(whole)], resamples=20),
    ):
        try:
            read()
        except InputError as error:
            assert "\n" not in str(error)  # noqa: PT017 - either way is right


@pytest.mark.parametrize("name", ["manifest.json", "results.json", "verdicts.jsonl", "ledger.sqlite"])
@fuzzed
@given(st.data())
def test_mutated_bytes_are_read_or_told(whole, folder, name, data):
    content = (whole / name).read_bytes()
    try:
        (folder / name).write_bytes(data.draw(mutated(content)))
        assert_read_or_told(whole, folder)
    finally:
        (folder / name).write_bytes(content)


@pytest.mark.parametrize("name", ["manifest.json", "results.json"])
@fuzzed
@given(st.data())
def test_a_part_of_another_kind_is_read_or_told(whole, folder, name, data):
    content = (whole / name).read_bytes()
    document = json.loads(content)
    at = document
    while isinstance(at, dict) and at:
        part = data.draw(st.sampled_from(sorted(at)))
        inner = at[part]
        if not isinstance(inner, dict) or not inner or data.draw(st.booleans()):
            at[part] = data.draw(WRONG)
            break
        at = inner
    try:
        (folder / name).write_text(json.dumps(document))
        assert_read_or_told(whole, folder)
    finally:
        (folder / name).write_bytes(content)


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"run": None}, "run"),
        ({"counts": {}}, "counts.choices"),
        ({"panel": None}, "panel"),
        ({"panel": {"f1_ci": [1]}}, "panel.f1_ci"),
        ({"jurors": {"Ann": {"f1": "x"}}}, "jurors.Ann.f1"),
    ],
)
def test_results_that_no_run_wrote_are_named(whole, folder, changes, part):
    content = (whole / "results.json").read_bytes()
    try:
        (folder / "results.json").write_text(json.dumps({**json.loads(content), **changes}))
        with pytest.raises(InputError, match=rf"results\.json: {part} is not what a run writes there"):
            Results.read(folder)
    finally:
        (folder / "results.json").write_bytes(content)
