"""Keys from a `.env`."""

import json
import os
from pathlib import Path

import pytest

from jury.environment import read_keys, third_party_tracing_off
from jury.errors import InputError
from jury.trust.permissions import Permissions
from jury.yaml_files import read_yaml


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JURY_TEST_KEY", "x")
    monkeypatch.delenv("JURY_TEST_KEY")


def test_a_key_is_read_from_the_folders_file(tmp_path: Path):
    (tmp_path / ".env").write_text("# mine\nJURY_TEST_KEY='abc $HOME'\n")
    read_keys(tmp_path)

    assert os.environ["JURY_TEST_KEY"] == "abc $HOME"


def test_the_environment_outweighs_the_file_and_the_file_stays_as_it_is(tmp_path: Path, monkeypatch):
    file = tmp_path / ".env"
    file.write_text("JURY_TEST_KEY=of-file\n")
    monkeypatch.setenv("JURY_TEST_KEY", "of-environment")
    read_keys(tmp_path)

    assert os.environ["JURY_TEST_KEY"] == "of-environment"
    assert file.read_text() == "JURY_TEST_KEY=of-file\n"


def test_files_of_folders_above_are_left_alone(tmp_path: Path):
    (tmp_path / ".env").write_text("JURY_TEST_KEY=abc\n")
    (tmp_path / "inner").mkdir()
    read_keys(tmp_path / "inner")

    assert "JURY_TEST_KEY" not in os.environ


def test_a_file_that_is_no_text_is_named_without_its_content(tmp_path: Path):
    (tmp_path / ".env").write_bytes(b"JURY_TEST_KEY=\xff\xfe")

    with pytest.raises(InputError, match=r"\.env is no text of `NAME=value` lines in UTF-8") as caught:
        read_keys(tmp_path)
    assert "xff" not in str(caught.value)


@pytest.mark.parametrize(
    "line",
    [
        "JURY_TEST_BASE_URL=https://elsewhere.example/v1",
        "HTTPS_PROXY=http://elsewhere.example",
        "SSL_CERT_FILE=/tmp/x",
        "LANGSMITH_API_KEY=x",
        "LANGSMITH_TRACING=true",
        "JURY_ALLOW_BASE=elsewhere.example",
        "JURY_LANGSMITH=1",
        "LITELLM_LOG=DEBUG",
        "AWS_PROFILE=other",
        "AWS_CONFIG_FILE=/tmp/x",
        "AZURE_AUTHORITY_HOST=https://elsewhere.example",
        "PYTHONPATH=/tmp",
        "VERTEXAI_LOCATION=elsewhere.example/#",
        "AWS_REGION_NAME=elsewhere.example/#",
        "AWS_ENDPOINT_URL=https://elsewhere.example",
        "HF_ENDPOINT=https://elsewhere.example",
        "AZURE_API_BASE=https://theirs.openai.azure.com",
    ],
)
def test_what_could_lead_requests_elsewhere_is_left_out_and_named(tmp_path: Path, monkeypatch, line: str):
    name = line.partition("=")[0]
    monkeypatch.setenv(name, "x")
    monkeypatch.delenv(name)
    monkeypatch.setenv("AZURE_API_KEY", "mine")
    (tmp_path / ".env").write_text(f"{line}\n")

    assert read_keys(tmp_path) == (name,)
    assert name not in os.environ


@pytest.mark.parametrize(
    "line",
    [
        "JURY_TEST_API_KEY=x",
        "HF_TOKEN=x",
        "AWS_SECRET_ACCESS_KEY=x",
        "AWS_ACCESS_KEY_ID=x",
        "AWS_REGION_NAME=eu-central-1",
        "VERTEXAI_PROJECT=mine-1",
        "VERTEXAI_LOCATION=europe-west4",
        "AZURE_API_VERSION=2024-10-21",
        "JURY_TEST_BASE_URL=http://127.0.0.1:8000/v1",
        "JURY_TEST_API_BASE=https://allowed.example/v1",
    ],
)
def test_keys_and_what_clouds_need_beside_them_are_taken_over(tmp_path: Path, monkeypatch, line: str):
    name, _, value = line.partition("=")
    monkeypatch.setenv(name, "x")
    monkeypatch.delenv(name)
    (tmp_path / ".env").write_text(f"{line}\n")

    assert read_keys(tmp_path, Permissions(frozenset({"allowed.example"}))) == ()
    assert os.environ[name] == value


@pytest.mark.parametrize(
    ("told", "taken"),
    [
        ({"type": "service_account", "token_uri": "https://oauth2.googleapis.com/token"}, True),
        ({"type": "service_account", "token_uri": "https://elsewhere.example/token"}, False),
        ({"type": "external_account", "credential_source": {"file": "/etc/passwd"}}, False),
    ],
)
def test_googles_credentials_go_to_google_alone(tmp_path: Path, monkeypatch, told: dict[str, object], taken: bool):
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "x")
    monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS")
    (tmp_path / "account.json").write_text(json.dumps(told))
    (tmp_path / ".env").write_text(f"GOOGLE_APPLICATION_CREDENTIALS={tmp_path / 'account.json'}\n")
    read_keys(tmp_path)

    assert ("GOOGLE_APPLICATION_CREDENTIALS" in os.environ) is taken


def test_a_pipe_is_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(InputError, match="no regular file"):
        read_yaml(tmp_path / "pipe")


def test_langsmith_is_told_nothing_unless_it_is_asked_for(monkeypatch):
    from langsmith.utils import tracing_is_enabled

    monkeypatch.setattr("langsmith.utils.get_env_var", lambda name, default=None, **_: "true")
    with third_party_tracing_off():
        assert tracing_is_enabled() is False
    monkeypatch.setenv("JURY_LANGSMITH", "1")
    with third_party_tracing_off():
        assert tracing_is_enabled() is True
