"""The measurements run and account for every case; what they measure is for people to read, not for tests."""

import json
import subprocess
import sys
from xml.etree import ElementTree

import pytest

FIGURES = {
    "cpu_ms_per_case",
    "cases_per_s",
    "wall_over_ideal",
    "peak_rss_mb",
    "rss_kb_per_case",
    "ledger_bytes_per_case",
    "import_s",
    "cases_in",
    "cases_out",
}


def measured(*arguments: str) -> dict[str, object]:
    command = [sys.executable, "-m", "benchmarks.perf", *arguments, "--json"]
    finished = subprocess.run(command, capture_output=True, text=True, check=False, timeout=400)
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)


@pytest.mark.parametrize("transport", ["seam", "litellm", "http"])
def test_the_engine_is_measured_over_every_transport_and_loses_no_case(transport):
    figures = measured("engine", "--cases", "20", "--transport", transport, "--latency-ms", "5", "--picture-kb", "4")
    assert figures.keys() >= FIGURES
    assert figures["cases_in"] == figures["cases_out"] == 20


def test_a_call_is_measured_three_ways_side_by_side():
    figures = measured("call", "--calls", "20")
    assert {"aiohttp_cpu_ms", "litellm_cpu_ms", "gateway_cpu_ms", "gateway_over_litellm"} <= figures.keys()


def test_a_soak_accounts_for_every_case_and_every_answer_and_draws_what_it_held(tmp_path):
    figures = measured("soak", "--cases", "200", "--jurors", "3", "--out", str(tmp_path))
    assert figures["decided"] == 200
    assert figures["lost"] == figures["twice"] == figures["paid_twice"] == 0
    assert figures["answers_kept"] == figures["tries_ballot"] + figures["tries_unreadable"] >= 600
    assert figures["tries_429"] + figures["tries_500"] + figures["tries_hang"] + figures["tries_unreadable"] > 0
    heading, *moments = (tmp_path / "soak.csv").read_text().splitlines()
    assert heading == "seconds,done,memory_mb,open_files"
    assert moments[-1].split(",")[1] == "200"
    assert ElementTree.parse(tmp_path / "soak.svg").getroot().tag.endswith("svg")


@pytest.mark.slow
def test_a_whole_benchmark_is_measured_from_its_set_to_its_report():
    figures = measured("full", "--per-scenario", "1", "--targets", "1", "--no-images")
    assert figures["verdicts"] == figures["cases"] == 23
    assert {
        "generate_wall_s",
        "run_reckless_cpu_s",
        "report_wall_s",
        "export_peak_mb",
        "ledger_mb",
        "report_mb",
    } <= figures.keys()


def test_guardrank_is_measured():
    figures = measured("guardrank", "--answers", "200")
    assert {"training_seconds", "loading_seconds", "predictions_per_cpu_second", "model_kb"} <= figures.keys()
    assert figures["answers"] == 200


def test_a_start_is_measured_beside_a_bare_python():
    figures = measured("start", "--times", "1")
    assert {"python_s", "import_jury_s", "help_s", "import_jury_over_python", "help_over_python"} <= figures.keys()
