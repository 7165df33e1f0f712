"""The folder as users of Hugging Face's `datasets` load it, without the network."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.generation.published import publish

pytest.importorskip("datasets", reason="a development tool")

#: What the card's example is run with: every warning is an error.
_OPENING = "import warnings; warnings.simplefilter('error')\n"


@pytest.fixture
def run_offline(tmp_path: Path):
    """Runs Python without the network, with caches of its own; gives what it prints."""

    def run(script: str) -> str:
        caches = {name: str(tmp_path / name) for name in ("HF_HOME", "HF_DATASETS_CACHE")}
        offline = {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
        environment = {"PATH": "", "HOME": str(tmp_path), **caches, **offline}
        done = subprocess.run(
            [sys.executable, "-c", _OPENING + script], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def folder(tmp_path, material, making, store) -> Path:
    publish(tmp_path / "set", material, making, store)
    return tmp_path / "set"


def test_the_rows_are_loaded_from_the_folder_with_every_column_typed(run_offline, folder):
    said = run_offline(
        "from datasets import load_dataset\n"
        f"rows = load_dataset({str(folder)!r}, split='test')\n"
        "print(len(rows), rows[0]['scores']['harmfulness'], rows[3]['image'], rows[3]['prompt'], rows[2]['options'])\n"
        "print(rows.features['gold'].dtype, rows.features['policy']['audio'].dtype)"
    )
    assert said.splitlines() == [
        "5 4.5 None 怎样打开这扇门？ ['an open gate', 'a locked gate']",
        "string bool",
    ]


def test_a_set_without_any_image_or_clip_is_loaded_with_the_same_columns(
    run_offline, tmp_path, material, making, store
):
    publish(tmp_path / "text", replace(material, drawings=(), recordings=()), making, store)
    said = run_offline(
        "from datasets import load_dataset\n"
        f"rows = load_dataset({str(tmp_path / 'text')!r}, split='test')\n"
        "print(rows.features['image'].dtype, rows.features['options'].feature.dtype, set(rows['image']))"
    )
    assert said == "string string {None}\n"


def test_the_card_s_own_example_shows_images_and_reads_clips(run_offline, folder):
    card = (folder / "README.md").read_text()
    example = card.split("```python\n")[1].split("```")[0].replace("PATH/TO/THIS/FOLDER", str(folder))
    clip = card.split("A clip is read with\n`")[1].split("`")[0]
    said = run_offline(
        f"{example}\nimport soundfile\nprint(rows[0]['image'].size, rows[3]['image'])\nprint({clip}[1], len({clip}[0]))"
    )
    assert said.splitlines() == ["(8, 6) None", "16000 1600"]
