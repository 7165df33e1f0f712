"""SafeBench's full set (arXiv 2410.18927): 23 scenarios of 100 requests, each with an image."""

from pathlib import Path

from benchmarks.suites.origin import Origin
from benchmarks.suites.reading import Found, data_folder, gathered, miscounted
from benchmarks.suites.reading.safebench import EACH, FILES, NAME, absent, illustrated, sheets, uneven
from benchmarks.suites.registry import Gathered, suite
from jury.media import MediaStore

ORIGIN = Origin(
    published=2300,
    modalities=("text", "image"),
    paper="arXiv 2410.18927",
    url="https://safebench-mm.github.io",
    terms="The publishers state no licence with the data; ask them before you pass any of it on.",
    files="1.csv … 23.csv (or text/…), one request a row, with 1/1.png …; or one JSON file {data: [{prompt}]}",
    by_hand="https://huggingface.co/datasets/Zonghao2025/safebench: join part_aa … part_aj, then unpack the archive",
)


@suite(
    NAME,
    description="harmful requests in 23 scenarios, each with an image",
    licence="not stated",
    headlines=("avg_asr", "avg_sri"),
    origin=ORIGIN,
)
def safebench(media: MediaStore, data: Path | None, limit: int | None) -> Gathered:
    """The requests in the order of the files, the image beside the words."""
    root = data_folder(NAME, data)
    read = sheets(root)
    counts = miscounted(NAME, sum(sheet.rows.count for sheet in read), ORIGIN, uneven(read, EACH))
    parts = (illustrated(root, sheet, FILES[sheet.number], f"{NAME}-{sheet.number:02}") for sheet in read)
    found = sum(parts, Found(problems=(*counts, *absent(NAME, read, FILES))))
    return gathered(found, root, media, limit)
