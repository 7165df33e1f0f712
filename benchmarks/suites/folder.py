"""One's own set: a CSV file with the columns `id`, `prompt` and `image`, or any other source, as a suite.

`--data` names a `.csv` or `.jsonl` file, or a folder with `data.jsonl`, with `responses.csv`, or with one `.csv` file.
Further columns are those of every source: `audio`, `language`, `scenario`, `technique`, `group`, `variant`; columns of
your own are kept with the case.
"""

from pathlib import Path

from benchmarks.sources import data_set, jsonl, table
from benchmarks.sources import folder as answers
from benchmarks.sources.loaded import Loaded
from benchmarks.suites.origin import Origin
from benchmarks.suites.registry import Gathered, suite
from jury.errors import InputError
from jury.media import MediaStore
from jury.records import Case, TextPart

NAME = "folder"

ORIGIN = Origin(
    unit="cases",
    languages=(),
    modalities=("text", "image", "audio"),
    files="a .csv file (id,prompt,image) or .jsonl file, or a folder with one of them, data.jsonl or responses.csv",
    by_hand="write it yourself",
)


@suite(NAME, description="a set of one's own: a CSV file with id, prompt and image", licence="yours", origin=ORIGIN)
def own(media: MediaStore, data: Path | None, limit: int | None) -> Gathered:
    """The cases in the file's order. Raises `InputError` naming file, row and field."""
    if data is None:
        raise InputError(f"suite {NAME!r} is a set of your own; name its folder or CSV file with --data")
    loaded = _loaded(data, media, limit)
    problems = (*loaded.problems, *(problem for case in loaded.cases for problem in _unusable(case)))
    return Gathered(loaded.cases, tuple(dict.fromkeys(problems)), loaded.rows)


def _loaded(data: Path, media: MediaStore, limit: int | None) -> Loaded:
    if data.suffix.lower() == ".jsonl" and not data.is_dir():
        return jsonl.load(data, media, limit)
    if not data.is_dir():
        return table.load(data, media, limit)
    if (data / answers.RESPONSES).is_file():
        return answers.load(data, media, limit)
    if (data / data_set.DATA).is_file():
        return data_set.load(data, media, limit)
    files = sorted(path for path in data.iterdir() if path.suffix.lower() == ".csv")
    if len(files) != 1:
        there = f"{len(files)} .csv files" if files else f"neither a .csv file nor {data_set.DATA}"
        raise InputError(f"{data}: holds {there}; name the file itself with --data")
    return table.load(files[0], media, limit)


def _unusable(case: Case) -> list[str]:
    parts = (part for turn in case.turns for part in turn.parts if not isinstance(part, TextPart))
    return [f"case {case.id!r}: {part.problem.detail}" for part in parts if part.problem]
