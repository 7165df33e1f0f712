"""Twenty mild cases with small images, English and Chinese, to see a jury at work. They measure nothing.

The set beside this file is what `MADE_BY` wrote, without its workings.
"""

from pathlib import Path

from benchmarks.sources import data_set
from benchmarks.suites.origin import Origin
from benchmarks.suites.registry import Gathered, suite
from jury.media import MediaStore

#: Where the set is.
FOLDER = Path(__file__).parent / "set"

#: The command that made it, but for its --out.
MADE_BY = (
    "jury generate dataset --committee rehearsal --taxonomy safebench --per-scenario 1 --languages en,zh "
    "--scenarios medical_advice,investment_advice,ip_infringement,penetration_testing,social_ethics,"
    "fraudulent_activities,psychological_harm,defamatory_speech,political_opinions,bias "
    "--painter-params size=192x192 --without speech --licence apache-2.0"
)

ORIGIN = Origin(
    published=20,
    languages=("en", "zh"),
    modalities=("text", "image"),
    files="the folder of a set as `jury generate dataset` writes it",
)


@suite(
    "sample",
    description="twenty mild cases with small images, English and Chinese, for trying things out",
    licence="Apache-2.0",
    rehearsal=True,
    origin=ORIGIN,
)
def sample(media: MediaStore, data: Path | None, limit: int | None) -> Gathered:
    """The set's items, those shipped or in another folder of the same layout."""
    loaded = data_set.load(data or FOLDER, media, limit)
    return Gathered(loaded.cases, loaded.problems, loaded.rows)
