"""Publishing: the folder of a set from what the stages made, the same bytes for the same material."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from benchmarks.generation.published import card, manifest, plot, provenance, rows
from benchmarks.generation.published.counts import counts_of, grades_of
from benchmarks.generation.published.entries import Entry, entries_of
from benchmarks.generation.published.exhibits import images_in
from benchmarks.generation.published.making import Making, Material
from benchmarks.generation.published.media import files_of, place_media, remove_stale
from benchmarks.generation.published.roster import Roster
from jury.atomic import write_atomically
from jury.errors import InputError
from jury.media import MediaStore
from jury.records import MediaRef
from jury.variants import Wording


def publish(out: Path, material: Material, making: Making, media: MediaStore) -> int:
    """Write the folder of a set, or bring it up to date; what was there before is replaced file by file.

    Returns how many items it holds. The manifest is written last: with it, everything it names is there. Raises
    `InputError` for material that does not fit together, a set without any item, and media that the store lost.
    """
    made = entries_of(material, Wording(making.library), images_in(media))
    entries = tuple(entry for entry in made if not entry.left_out)
    _check_any(out, made, entries)
    files = {entry.item.id: files_of(entry) for entry in entries}
    wanted: dict[str, MediaRef] = {path: ref for found in files.values() for path, ref in found.values()}
    out.mkdir(parents=True, exist_ok=True)
    place_media(out, wanted, media)
    counts = counts_of(made, material.queries)
    _write_data(out, entries, files, Roster(making))
    _write_provenance(out, made, material, Roster(making))
    names = card.category_names(entries)
    write_atomically(out / plot.FILE, [plot.grades_svg(grades_of(entries), names).encode()])
    write_atomically(out / card.FILE, [card.card_of(entries, counts, material, making).encode()])
    published = (rows.FILE, provenance.FILE, plot.FILE, card.FILE, *wanted)
    _write_manifest(out, manifest.manifest_of(material, making, counts, out, published))
    remove_stale(out, wanted)
    return len(entries)


def _check_any(out: Path, made: Sequence[Entry], entries: Sequence[Entry]) -> None:
    if not made:
        raise InputError(f"{out}: no query was kept, so there is nothing to publish; make more of them first")
    if not entries:
        raise InputError(
            f"{out}: every item needs an image and has none, so there is nothing to publish; make images first"
        )


def _write_data(
    out: Path, entries: Iterable[Entry], files: Mapping[str, Mapping[str, tuple[str, MediaRef]]], roster: Roster
) -> None:
    lines = (
        rows.row_of(
            entry,
            {column: path for column, (path, _) in files[entry.item.id].items()},
            rehearsal=provenance.is_rehearsed(entry, roster),
        )
        for entry in entries
    )
    write_atomically(out / rows.FILE, map(_line, lines))


def _write_provenance(out: Path, made: Iterable[Entry], material: Material, roster: Roster) -> None:
    rejected = sorted((query for query in material.queries if not query.kept), key=lambda query: query.id)
    kept_lines = [provenance.line_of(entry, roster) for entry in made]
    rejected_lines = [provenance.rejected_line(query, roster) for query in rejected]
    write_atomically(out / provenance.FILE, map(_line, [*kept_lines, *rejected_lines]))


def _write_manifest(out: Path, content: dict[str, Any]) -> None:
    write_atomically(out / manifest.FILE, [orjson.dumps(content, option=orjson.OPT_INDENT_2), b"\n"])


def _line(content: dict[str, Any]) -> bytes:
    return orjson.dumps(content) + b"\n"
