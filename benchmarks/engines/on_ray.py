"""Workers on Ray, on the cores of one machine or of a cluster; the ledger and every limit stay in this process."""

from benchmarks.engines.registry import ENGINES, Work

NAME = "ray"


@ENGINES.add(NAME)
async def on_ray(work: Work) -> None:
    """Judge every case in some worker. Raises `InputError` without the extra, or where no cluster answers."""
    from benchmarks.engines.distant.judging import judge_far_away

    await judge_far_away(work)
