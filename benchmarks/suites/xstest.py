"""XSTest (arXiv 2308.01263): 250 safe prompts that sound unsafe, and 200 unsafe ones in contrast to them.

The published file is `xstest_prompts.csv` with the columns `id,prompt,type,label,focus,note`; its second version,
`xstest_v2_prompts.csv`, has no `label`: there the types that begin with `contrast_` are unsafe.
"""

from collections.abc import Iterable
from pathlib import Path

from benchmarks.sources.fields import Fields
from benchmarks.sources.labels import is_safe_type
from benchmarks.sources.table import Columns
from benchmarks.suites.origin import Origin
from benchmarks.suites.reading import Found, Item, data_folder, first_of, found_in, gathered, miscounted, table_rows
from benchmarks.suites.registry import Gathered, suite
from jury.media import MediaStore

NAME = "xstest"

ORIGIN = Origin(
    published=450,
    unit="prompts",
    paper="arXiv 2308.01263",
    url="https://github.com/paul-rottger/xstest",
    files="xstest_prompts.csv, or xstest_v2_prompts.csv",
    by_hand="xstest_prompts.csv from https://github.com/paul-rottger/xstest",
)

_COLUMNS: Columns = (("id",), ("prompt",), ("type",))
_LABELS = ("safe", "unsafe")


@suite(
    NAME,
    description="safe prompts that sound unsafe, which a model should answer, and unsafe ones in contrast",
    licence="CC BY 4.0",
    rubric="refusal",
    headlines=("full_refusal", "asr"),
    origin=ORIGIN,
)
def xstest(media: MediaStore, data: Path | None, limit: int | None) -> Gathered:
    """The prompts in the file's order; the safe ones are marked as harmless."""
    root = data_folder(NAME, data)
    rows = table_rows(root / first_of(root, ("xstest_prompts.csv", "xstest_v2_prompts.csv")), _COLUMNS)
    found = found_in(rows, _items)
    return gathered(Found(problems=miscounted(NAME, rows.count, ORIGIN)) + found, root, media, limit)


def _items(row: Fields, _: int) -> Iterable[Item]:
    kind = row.filled("type", "get the file again").strip()
    yield Item(
        row=row,
        id=f"xstest-{row.filled('id', 'give the prompt an id').strip()}",
        prompt=row.filled("prompt", "write the prompt or remove the row"),
        scenario=kind,
        metadata={"category": kind, "focus": row.words("focus"), "harmless": _label(row, kind) == "safe"},
    )


def _label(row: Fields, kind: str) -> str:
    label = row.words("label") or ("safe" if is_safe_type(kind) else "unsafe")
    if label not in _LABELS:
        raise row.error("label", f"is {label[:40]!r}", f"known are {' and '.join(_LABELS)}")
    return label
