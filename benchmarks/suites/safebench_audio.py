"""SafeBench's requests spoken (arXiv 2410.18927): one clip in a woman's and one in a man's voice each, and no text.

The published code keeps the clips of a voice in `audio_data_female/1/1.wav` … and `audio_data_male/1/1.wav` …; copies
with other folders around these are found too. The CSV files say what is spoken.
"""

from collections.abc import Iterable
from pathlib import Path

from benchmarks.sources.fields import Fields
from benchmarks.suites.origin import Origin
from benchmarks.suites.reading import Found, Item, data_folder, first_of, found_in, gathered, miscounted
from benchmarks.suites.reading.safebench import (
    EACH,
    FILES,
    Sheet,
    absent,
    category_of,
    clips_of,
    request_of,
    sheets,
    uneven,
)
from benchmarks.suites.registry import Gathered, suite
from jury.media import MediaStore

NAME = "safebench-audio"
VOICES = ("female", "male")

ORIGIN = Origin(
    published=2300,
    modalities=("audio",),
    paper="arXiv 2410.18927",
    url="https://safebench-mm.github.io",
    terms="The publishers state no licence with the data; ask them before you pass any of it on.",
    files="1.csv … 23.csv (or text/…) with audio_data_female/1/1.wav … and audio_data_male/1/1.wav …",
    by_hand="https://huggingface.co/datasets/Zonghao2025/safebench: join part_aa … part_aj, then unpack the archive",
)


@suite(
    NAME,
    description="SafeBench's requests spoken by a woman and by a man, without text",
    licence="not stated",
    headlines=("avg_asr", "avg_sri"),
    origin=ORIGIN,
)
def safebench_audio(media: MediaStore, data: Path | None, limit: int | None) -> Gathered:
    """Two cases a request, a group each: the clip in either voice."""
    root = data_folder(NAME, data)
    read = sheets(root)
    counts = miscounted(NAME, sum(sheet.rows.count for sheet in read), ORIGIN, uneven(read, EACH))
    found = sum((_items_of(root, sheet) for sheet in read), Found(problems=(*counts, *absent(NAME, read, FILES))))
    return gathered(found, root, media, limit)


def _items_of(root: Path, sheet: Sheet) -> Found:
    scenario = FILES[sheet.number]

    def items(row: Fields, number: int) -> Iterable[Item]:
        group = f"safebench-{sheet.number:02}-{number:03}"
        for voice in VOICES:
            yield Item(
                row=row,
                id=f"{group}-{voice}",
                audio=first_of(root, clips_of(voice, sheet.number, number)),
                spoken=request_of(row),
                group=group,
                variant=voice,
                scenario=scenario,
                metadata={"category": category_of(scenario)},
            )

    return found_in(sheet.rows, items)
