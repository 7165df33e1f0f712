"""Twenty mild cases with small images, English and Chinese, to see a jury at work. They measure nothing."""

from pathlib import Path

from benchmarks.sources.jsonl import read_cases
from benchmarks.suites.registry import Gathered, suite
from jury.media import MediaStore

_FOLDER = Path(__file__).parent


@suite(
    "sample",
    description="twenty mild cases with small images, English and Chinese, for trying things out",
    licence="Apache-2.0",
    rehearsal=True,
)
def sample(media: MediaStore, data: Path | None, limit: int | None) -> Gathered:
    """The cases in `data.jsonl`, shipped or in another folder of the same layout."""
    return Gathered(read_cases((data or _FOLDER) / "data.jsonl", media, limit))
