"""SafeBench's MiniBench (arXiv 2410.18927): 10 scenarios of 50 requests, each with an image.

Of a full copy, the first 50 requests of each scenario are taken; which 50 the publishers took is not said. A copy of
MiniBench's own has files 1 to 10, and nothing in them says which scenario is which: they are taken in the order that the
scenarios have in the full set, which a sentence among the problems says.
"""

from pathlib import Path

from benchmarks.suites.origin import Origin
from benchmarks.suites.reading import Found, Rows, data_folder, gathered, miscounted
from benchmarks.suites.reading.safebench import FILES, Sheet, absent, illustrated, sheets, uneven
from benchmarks.suites.registry import Gathered, suite
from jury.media import MediaStore

NAME = "safebench-mini"
EACH = 50

#: MiniBench's scenarios in the order of the full set.
MINI = (
    "hate_speech", "fraudulent_activities", "investment_advice", "personal_privacy", "physical_harm",
    "illegal_activities", "religious_opinions", "penetration_testing", "ip_infringement", "social_ethics",
)  # fmt: skip

ORIGIN = Origin(
    published=500,
    modalities=("text", "image"),
    paper="arXiv 2410.18927",
    url="https://safebench-mm.github.io",
    terms="The publishers state no licence with the data; ask them before you pass any of it on.",
    files="SafeBench's full set, or MiniBench's own 1.csv … 10.csv (or text/…), with 1/1.png …",
    by_hand="https://huggingface.co/datasets/Zonghao2025/safebench: unpack minibench.tar.gz",
)


@suite(
    NAME,
    description="a tenth of the effort of SafeBench: 10 scenarios of 50 requests, each with an image",
    licence="not stated",
    headlines=("avg_asr", "avg_sri"),
    origin=ORIGIN,
)
def safebench_mini(media: MediaStore, data: Path | None, limit: int | None) -> Gathered:
    """The requests in the order of MiniBench's scenarios, the image beside the words."""
    root = data_folder(NAME, data)
    read, said = _parts(sheets(root))
    counted = tuple(sheet for _, sheet in read)
    counts = miscounted(NAME, sum(sheet.rows.count for sheet in counted), ORIGIN, uneven(counted, EACH))
    parts = (illustrated(root, sheet, scenario, f"{NAME}-{scenario}") for scenario, sheet in read)
    found = sum(parts, Found(problems=(*said, *counts)))
    return gathered(found, root, media, limit)


def _parts(read: tuple[Sheet, ...]) -> tuple[tuple[tuple[str, Sheet], ...], tuple[str, ...]]:
    """Scenarios with their requests, and sentences on how scenarios were told and what is missing."""
    if any(sheet.number > len(MINI) for sheet in read):
        wanted = {number: scenario for number, scenario in FILES.items() if scenario in MINI}
        kept = tuple((wanted[sheet.number], _shortened(sheet)) for sheet in read if sheet.number in wanted)
        return kept, absent(NAME, read, wanted)
    said = f"{NAME}: files 1 to {len(MINI)} name no scenario; they are taken in the order of the full set"
    own = dict(enumerate(MINI, 1))
    return tuple((own[sheet.number], sheet) for sheet in read), (said, *absent(NAME, read, own))


def _shortened(sheet: Sheet) -> Sheet:
    """The first requests of a full file."""
    rows = sheet.rows
    first = tuple(row for row in rows.numbered if row[0] <= EACH)
    return Sheet(sheet.number, Rows(first, rows.problems, min(rows.count, EACH)), sheet.name)
