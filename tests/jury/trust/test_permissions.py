"""What files may ask for, and what the user has to allow."""

from pathlib import Path

import pytest

from jury.errors import InputError
from jury.records import Juror, Maker
from jury.trust.bases import note_bases, note_user_bases
from jury.trust.params import refused_param
from jury.trust.permissions import STRICT, Permissions, permissions_of
from jury.trust.recipients import recipients_of
from jury.yaml_files import read_yaml


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Hosts that other tests' files named are forgotten, and the user has no settings of their own."""
    monkeypatch.setattr("jury.trust.bases._NAMED_BY_FILES", {})
    monkeypatch.setattr("jury.trust.bases._NAMED_BY_USER", set())
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("JURY_ALLOW_BASE", raising=False)


def named_in_file(folder: Path, base: str) -> None:
    file = folder / "panel.yaml"
    file.write_text(f"seats:\n  - {{model: openai/gpt-4o, api_base: '{base}'}}\n")
    read_yaml(file)


@pytest.mark.parametrize(
    "base",
    [
        "http://elsewhere.example/v1",
        "https://api.openai.com.elsewhere.example/v1",
        "HTTPS://Elsewhere.Example./v1",
        "http://api.openai.com/v1",
        "https://gateway.example/api.groq.com/openai/v1",
        "http://2130706433/v1",
    ],
)
def test_a_host_that_a_file_names_gets_nothing_until_the_user_allows_it(tmp_path: Path, base: str):
    named_in_file(tmp_path, base)

    with pytest.raises(InputError, match=r"panel\.yaml names the host .+; if you trust it, add --allow-base"):
        STRICT.check([("openai/gpt-4o", base)])
    permissions_of([base]).check([("openai/gpt-4o", base)])


@pytest.mark.parametrize(
    "base", ["http://127.0.0.1:8000/v1", "http://localhost:1/v1", "http://[::1]:8000/v1", "https://api.openai.com/v1"]
)
def test_this_machine_and_the_providers_own_host_need_no_permission(tmp_path: Path, base: str):
    named_in_file(tmp_path, base)

    STRICT.check([("openai/gpt-4o", base)])


def test_another_providers_host_needs_permission(tmp_path: Path):
    named_in_file(tmp_path, "https://api.openai.com/v1")

    with pytest.raises(InputError, match=r"add --allow-base api\.openai\.com"):
        STRICT.check([("anthropic/claude-sonnet-4-5", "https://api.openai.com/v1")])


def test_a_base_that_the_user_says_needs_no_permission(tmp_path: Path):
    STRICT.check([("openai/gpt-4o", "https://mine.example/v1")])
    named_in_file(tmp_path, "https://mine.example/v1")
    note_user_bases(["--target-base=https://mine.example/v1"])

    STRICT.check([("openai/gpt-4o", "https://mine.example/v1")])


def test_a_port_that_is_allowed_allows_no_other(tmp_path: Path):
    named_in_file(tmp_path, "http://mine.example:8000/v1")

    permissions_of(["mine.example:8000"]).check([("hosted_vllm/m", "http://mine.example:8000/v1")])
    with pytest.raises(InputError, match=r"--allow-base mine\.example"):
        permissions_of(["mine.example:8001"]).check([("hosted_vllm/m", "http://mine.example:8000/v1")])


def test_the_users_own_settings_and_the_environment_allow_hosts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "config" / "jury").mkdir(parents=True)
    (tmp_path / "config" / "jury" / "settings.yaml").write_text("allow_base: [one.example]\n")
    monkeypatch.setenv("JURY_ALLOW_BASE", "two.example, three.example")

    assert permissions_of().hosts == {"one.example", "two.example", "three.example"}


def test_an_address_in_a_models_name_is_a_base_too(tmp_path: Path):
    note_bases({"seats": [{"model": "https://elsewhere.example/m"}]}, tmp_path / "p.yaml")

    with pytest.raises(InputError, match=r"elsewhere\.example"):
        STRICT.check([("huggingface/https://elsewhere.example/m", None)])


@pytest.mark.parametrize(
    "model",
    [
        "bedrock/arn:aws:bedrock:x.example/:1:inference-profile/m",
        "vertex_ai/m\\@elsewhere",
        "azure/m?x=1",
        "gemini/m#",
    ],
)
def test_a_models_name_can_not_become_part_of_another_host(model: str):
    with pytest.raises(InputError, match="is no name of a model"):
        STRICT.check([(model, None)])


@pytest.mark.parametrize(
    "name",
    [
        "api_base", "base_url", "proxies", "callbacks", "success_callback", "metadata", "mock_response",
        "fallbacks", "base_model", "custom_llm_provider", "litellm_params", "ssl_verify", "organization", "model_list",
        "vertex_location", "aws_profile_name", "aws_region_name", "aws_role_name", "vertex_project", "api_version", "client",
        "model", "messages", "tools", "azure_ad_token_provider", "input_cost_per_token", "user", "num_retries", "timeout",
        "litellm_logging_obj", "logger_fn", "extra_query", "deployment_id", "caching", "cache", "guardrails", "prompt_id",
    ],
)  # fmt: skip
def test_a_param_that_is_no_sampling_option_needs_permission(name: str):
    juror = Juror(model="hosted_vllm/m", params={name: "x"})

    with pytest.raises(InputError, match=f"params of hosted_vllm/m hold '{name}'.*--unsafe-params"):
        STRICT.check([juror])
    Permissions(unsafe_params=True).check([juror])


def test_params_that_are_allowed_do_not_allow_a_host(tmp_path: Path):
    note_bases({"params": {"base_url": "https://elsewhere.example/v1"}}, tmp_path / "p.yaml")
    juror = Juror(model="openai/m", params={"base_url": "https://elsewhere.example/v1"})

    with pytest.raises(InputError, match=r"--allow-base elsewhere\.example"):
        Permissions(unsafe_params=True).check([juror])


def test_a_scripted_jurors_params_go_through_litellm_too():
    with pytest.raises(InputError, match="mock_response"):
        STRICT.check([Juror(model="rehearsal/strict", params={"mock_response": "safe"})])


@pytest.mark.parametrize(
    ("params", "refused"),
    [
        ({"top_p": 0.5, "top_k": 3, "reasoning_effort": "low", "logit_bias": {"1": 2}}, None),
        ({"extra_body": {"min_p": 0.1, "response_format": "b64_json"}}, None),
        ({"extra_body": {"messages": []}}, "extra_body.messages"),
        ({"extra_body": {"model": "other"}}, "extra_body.model"),
        ({"extra_body": "x"}, "extra_body"),
        ({"stop": ["os.environ/OPENAI_API_KEY"]}, "stop"),
        ({"chat_template_kwargs": {"a": [{"b": "os.environ/HOME"}]}}, "chat_template_kwargs"),
        ({"Top_P": 1}, "Top_P"),
    ],
)
def test_params_are_looked_through_to_their_depth(params: dict[str, object], refused: str | None):
    assert refused_param(params) == refused  # type: ignore[arg-type]


def test_a_maker_of_our_own_takes_what_it_takes_and_others_what_is_listed():
    STRICT.check([Maker(model="pillow/scene", params={"caption": "a cat"})])
    with pytest.raises(InputError, match="proxies"):
        STRICT.check([Maker(model="openai/gpt-image-1", params={"proxies": "x"})])


def test_hosts_are_named_with_the_variables_of_the_keys_that_they_get(monkeypatch: pytest.MonkeyPatch):
    for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE", "AZURE_API_BASE", "HOSTED_VLLM_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", "x")
    monkeypatch.setenv("AZURE_API_KEY", "x")
    monkeypatch.setenv("AZURE_API_BASE", "https://mine.openai.azure.com")
    asked = [
        ("openai/gpt-4o", None),
        ("openai/m", "http://127.0.0.1:8000/v1"),
        ("hosted_vllm/m", "http://127.0.0.1:8000/v1"),
        ("azure/d", None),
        ("rehearsal/strict", None),
    ]

    assert [one.words for one in recipients_of(asked)] == [
        "127.0.0.1:8000 (OPENAI_API_KEY)",
        "api.openai.com (OPENAI_API_KEY)",
        "mine.openai.azure.com (AZURE_API_KEY)",
    ]
