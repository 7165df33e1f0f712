"""What a user may name as a source."""

import pytest


@pytest.mark.parametrize("source", ["no-such-suite", "cases.txt", "a\0b", "x" * 5000, "https://example.org/cases"])
def test_an_unknown_source_says_which_forms_there_are_and_names_the_suites(complaint, source):
    said = complaint(source)
    assert said.startswith("source '")
    assert "responses.csv" in said
    assert ".jsonl or .csv" in said
    assert "sample" in said


@pytest.mark.parametrize("name", ["cases.csv", "cases.jsonl"])
def test_a_missing_file_is_named(tmp_path, complaint, name):
    assert complaint(tmp_path / name) == f"{tmp_path / name}: there is no such file; check the path"


@pytest.mark.parametrize("name", ["cases.csv", "cases.jsonl"])
@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \n\n"])
def test_an_empty_file_is_named(write, complaint, name, content):
    path = write(name, content)
    assert complaint(path) == f"{path}: is empty; write at least one case into it"


@pytest.mark.parametrize(("name", "unit"), [("cases.csv", "row"), ("cases.jsonl", "line")])
def test_a_file_in_another_encoding_is_named_with_the_line(write, complaint, name, unit):
    path = write(name, "id,prompt\na,b\n".encode("utf-16"))
    assert complaint(path) == f"{path} {unit} 1: is not UTF-8 text; save the file as UTF-8"


def test_a_limit_below_one_is_named(write, complaint):
    assert complaint(write("cases.csv", "id,prompt\n1,a\n"), limit=0) == "limit 0: leaves no case; take at least 1"


def test_a_suite_comes_before_a_folder_of_its_name(monkeypatch, tmp_path, read):
    (tmp_path / "sample").mkdir()
    monkeypatch.chdir(tmp_path)
    assert len(read("sample").cases) == 20


def test_capital_extensions_are_read_alike(write, read):
    assert read(write("CASES.CSV", "id,prompt\n1,a\n")).name == "CASES"
