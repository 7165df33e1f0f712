"""Images and clips that data name by their web address."""

import json
import socket

import pytest

from benchmarks.docket import prepare
from benchmarks.settings import RunSettings
from jury.media import Remote
from jury.prompt_files import open_library

URL = "https://example.org/red.png?signature=abc"


def written(write, name: str):
    if name.endswith(".jsonl"):
        return write(name, json.dumps({"id": "1", "prompt": "What?", "image": URL, "response": "No."}))
    return write(name, f"item_id,prompt,image,response\n1,What?,{URL},No.\n")


@pytest.fixture(params=["cases.jsonl", "cases.csv", "responses.csv"])
def source(write, request):
    path = written(write, request.param)
    return path.parent if request.param == "responses.csv" else path


def image_of(found):
    return found.cases[0].turns[0].parts[1]


def test_remote_media_are_not_fetched_unless_their_host_is_named(read, source):
    image = image_of(read(source))
    assert image.media is None
    assert image.problem.kind == "missing"
    assert image.problem.detail == "remote media are not fetched; allow example.org with --allow-remote"


def test_media_of_a_named_host_that_cannot_be_reached_are_missing_and_every_reader_tries(read, source):
    tried = []

    def resolve(host: str, port: int) -> tuple[str, ...]:
        tried.append((host, port))
        raise socket.gaierror

    image = image_of(read(source, remote=Remote(frozenset({"example.org"}), resolve=resolve)))
    assert tried == [("example.org", 443)]
    assert (image.media, image.problem.kind) == (None, "missing")


def test_no_record_of_a_case_keeps_the_address_which_may_be_signed(read, source):
    assert b"signature" not in read(source).cases[0].to_json()


def test_a_run_names_the_hosts_in_any_case(write, media, tmp_path):
    path = write(
        "cases.jsonl", json.dumps({"id": "1", "prompt": "?", "image": "http://127.0.0.1/a", "response": "No."})
    )
    settings = {"source": str(path), "out": tmp_path / "run", "panel": "rehearsal", "rubric": "safebench"}
    named = prepare(RunSettings(**settings, allow_remote=("127.0.0.1",)), media, open_library())
    assert "127.0.0.1 is not a host of the public internet" in image_of(named.source).problem.detail
    upper = write("cases.jsonl", path.read_text().replace("127.0.0.1", "LOCALHOST"))
    named = prepare(
        RunSettings(**{**settings, "source": str(upper)}, allow_remote=("LocalHost",)), media, open_library()
    )
    assert "localhost is not a host of the public internet" in image_of(named.source).problem.detail
