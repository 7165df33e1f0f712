"""What can't be checked is refused in one sentence."""

import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks.verify import verify
from jury.errors import InputError


def test_a_folder_that_holds_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"is not a run's folder, nor a published set's: it holds no manifest\.json"):
        verify(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["results.json", "verdicts.jsonl"])
def test_an_unfinished_run_is_refused(tiny_run: Any, name: str) -> None:
    (tiny_run.path / name).unlink()

    with pytest.raises(InputError, match=f"holds no {name}: the run is not finished; run its command again"):
        verify(tiny_run.path)


def test_a_run_without_its_ledger_is_refused(tiny_run: Any) -> None:
    (tiny_run.path / "ledger.sqlite").unlink()

    with pytest.raises(InputError, match=r"holds no ledger\.sqlite"):
        verify(tiny_run.path)


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff", b"[" * 100_000, b'{"f1": NaN}'])
@pytest.mark.parametrize("name", ["manifest.json", "results.json"])
def test_a_document_that_is_no_json_object_is_refused_by_name(tiny_run: Any, name: str, content: bytes) -> None:
    (tiny_run.path / name).write_bytes(content)

    with pytest.raises(InputError, match=re.escape(name)):
        verify(tiny_run.path)


def test_a_ledger_that_is_no_database_is_refused(tiny_run: Any) -> None:
    (tiny_run.path / "ledger.sqlite").write_bytes(b"not a database at all" * 100)

    with pytest.raises(InputError, match=r"ledger\.sqlite: table `trials` can't be read"):
        verify(tiny_run.path)


def test_a_ledger_that_lacks_a_table_or_a_column_is_refused(tiny_run: Any) -> None:
    tiny_run.reshape("ALTER TABLE calls RENAME COLUMN completion TO answer")
    with pytest.raises(InputError, match="table `calls` can't be read"):
        verify(tiny_run.path)

    tiny_run.reshape("DROP TABLE verdicts")
    with pytest.raises(InputError, match="table `calls` can't be read"):
        verify(tiny_run.path)


def test_a_ledger_of_another_run_is_refused(tiny_run: Any) -> None:
    tiny_run.tamper("DELETE FROM runs")

    with pytest.raises(InputError, match="the ledger holds no run"):
        verify(tiny_run.path)


@pytest.mark.parametrize("manifest", ["{}", "nothing", '{"jury": {"panel": {"seats": []}}}', '{"jury": 5}'])
def test_a_ledger_whose_manifest_describes_no_jury_is_refused(tiny_run: Any, manifest: str) -> None:
    tiny_run.tamper(f"UPDATE runs SET manifest = '{manifest}'")

    with pytest.raises(InputError, match="manifest"):
        verify(tiny_run.path)


def test_a_folder_named_with_signs_that_mean_something_in_addresses_is_read(tiny_run: Any, tmp_path: Path) -> None:
    odd = tmp_path / "50% of it? #1 &c"
    tiny_run.path.rename(odd)

    assert verify(odd).ok
