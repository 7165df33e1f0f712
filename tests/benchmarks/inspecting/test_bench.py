"""Samples under way share what is opened for them."""

import asyncio

from inspect_ai.model import ChatMessageUser, ModelName, ModelOutput
from inspect_ai.solver import TaskState

from benchmarks.inspecting import bench as benches
from benchmarks.inspecting.seating import seated
from jury.prompt_files import open_library


def counted(monkeypatch):
    """How often means were opened."""
    opened, times = benches.opened, []

    def opening(*given):
        times.append(given)
        return opened(*given)

    monkeypatch.setattr(benches, "opened", opening)
    return times


def jurors(bench, folder):
    library = open_library()
    panel = bench("safe", "safe").panel
    return benches.Bench(seated("poll", panel, rule=None, rubric=None, library=library), folder)


def sample(name):
    output = ModelOutput.from_content("mockllm/model", f"Answer {name}.")
    return TaskState(ModelName("mockllm/model"), name, 1, "Why?", [ChatMessageUser(content="Why?")], output=output)


async def test_samples_side_by_side_share_one_ledger_and_later_ones_open_it_again(bench, tmp_path, monkeypatch):
    times, sitting = counted(monkeypatch), jurors(bench, tmp_path)
    verdicts = await asyncio.gather(*(sitting.verdict(sample(name)) for name in "abc"))
    assert [verdict.case_id for verdict in verdicts] == ["a", "b", "c"]
    assert len(times) == 1
    assert (await sitting.verdict(sample("d"))).outcome.choice == "safe"
    assert len(times) == 2


async def test_a_cancelled_sample_leaves_the_others_their_ledger(bench, tmp_path):
    sitting = jurors(bench, tmp_path)
    given_up = asyncio.create_task(sitting.verdict(sample("a")))
    goes_on = asyncio.create_task(sitting.verdict(sample("b")))
    await asyncio.sleep(0)
    given_up.cancel()
    assert (await goes_on).outcome.choice == "safe"
    assert given_up.cancelled()


def test_a_bench_sits_in_one_event_loop_after_another(bench):
    sitting = jurors(bench, None)
    assert [asyncio.run(sitting.verdict(sample(name))).outcome.choice for name in "ab"] == ["safe", "safe"]
