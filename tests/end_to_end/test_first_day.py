"""A first day with real providers: what goes wrong is said on the screen with the way out, and the mended command goes on."""

import json
from pathlib import Path

import pytest
from command import Finished, complaint, jury
from model_server import deterministic_juror
from PIL import Image
from wire import AZURE, BILLED, BLOCKING, DIALECTS, OPENAI, VLLM, Asked, BlockingDialect, Dialect, WireServer, set_keys


@pytest.fixture(autouse=True)
def _an_empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    set_keys(monkeypatch)
    monkeypatch.chdir(tmp_path)


def juror(asked: Asked) -> str:
    return deterministic_juror({"model": "j", "messages": asked.body["messages"]}).text


def cases(number: int = 2) -> str:
    for n in range(number):
        Image.new("RGB", (8, 8), (10 * n, 0, 128)).save(f"{n}.png")
    lines = [{"id": f"c{n}", "prompt": f"Question {n}?", "image": f"{n}.png"} for n in range(number)]
    Path("cases.jsonl").write_text("\n".join(map(json.dumps, lines)))
    return "cases.jsonl"


def seated(model: str, base: str | None) -> str:
    """A panel of two jurors of one model at an address."""
    seats = [{"name": f"j{n}", "model": model, "role": "juror", "api_base": base, "seed": n} for n in range(2)]
    Path("panel.yaml").write_text(json.dumps({"name": "panel", "seats": seats, "same_family": True}))
    return "panel.yaml"


def command(jurors: WireServer, target: str, base: str | None, *more: str, model: str = VLLM.model) -> list[str]:
    """The command of a user who has a target at an address and a panel of a local model."""
    where = ["--target-base", base] if base else []
    panel = seated(model, jurors.base)
    asked = ["--target", target, *where, "--jury", "poll", "--panel", panel, "--rubric", "safebench"]
    return ["run", cases(), *asked, "--out", "run", *more]


def stopped(finished: Finished) -> str:
    """The one sentence of a run that stopped and can go on, on the screen."""
    assert (finished.code, finished.out) == (3, ""), finished
    assert "Traceback" not in finished.err
    return finished.err.splitlines()[-1]


def finished(told: Finished) -> None:
    assert told.code == 0, told.err
    assert json.loads(Path("run/results.json").read_text())["counts"]["invalid"] == 0
    assert jury("verify", "run").code == 0


@pytest.mark.parametrize("dialect", BLOCKING, ids=repr)
def test_a_typo_in_the_key_is_named_with_the_variable_that_holds_it(dialect: BlockingDialect) -> None:
    wrong = {"yes": True}
    with (
        WireServer(VLLM, juror) as jurors,
        WireServer(dialect, lambda _: dialect.wrong_key() if wrong["yes"] else "A colour.") as asked,
    ):
        once = command(jurors, asked.model, asked.base)
        said = stopped(jury(*once))
        assert f"{asked.model} can't be asked, since its key is missing or refused" in said
        assert f"set {dialect.key_variable} in the environment or in .env" in said
        wrong["yes"] = False
        finished(jury(*once))


@pytest.mark.parametrize("dialect", BILLED, ids=repr)
def test_an_account_that_is_empty_from_the_start_is_filled_and_the_same_command_goes_on(
    dialect: BlockingDialect,
) -> None:
    empty = {"yes": True}
    with (
        WireServer(VLLM, juror) as jurors,
        WireServer(dialect, lambda _: dialect.account_empty() if empty["yes"] else "A colour.") as asked,
    ):
        once = command(jurors, asked.model, asked.base)
        assert "the account has no credit left" in stopped(jury(*once))
        empty["yes"] = False
        finished(jury(*once))


@pytest.mark.parametrize("dialect", DIALECTS, ids=repr)
def test_a_wrong_model_name_is_corrected_in_the_same_folder(dialect: Dialect) -> None:
    def target(asked: Asked) -> object:
        return dialect.unknown_model() if "typo" in f"{asked.model} {asked.path}" else "A colour."

    with WireServer(VLLM, juror) as jurors, WireServer(dialect, target) as asked:
        said = stopped(jury(*command(jurors, f"{asked.model}-typo", asked.base)))
        assert f"{asked.model}-typo can't be asked, since the provider has no model or deployment of that name" in said
        assert "correct the name" in said
        assert not Path("run/manifest.json").exists()
        finished(jury(*command(jurors, asked.model, asked.base)))


def test_a_wrong_name_on_the_panel_is_corrected_and_no_answer_is_paid_for_twice() -> None:
    def juror_or_none(asked: Asked) -> object:
        return VLLM.unknown_model() if "typo" in asked.model else juror(asked)

    with WireServer(VLLM, juror_or_none) as jurors, WireServer(OPENAI, lambda _: "A colour.") as asked:
        said = stopped(jury(*command(jurors, asked.model, asked.base, "--in-flight", "1", model="hosted_vllm/typo")))
        assert "hosted_vllm/typo can't be asked" in said
        assert len(asked.asked) == 1
        finished(jury(*command(jurors, asked.model, asked.base)))
        assert len(asked.asked) == 2


def test_a_wrong_name_is_corrected_where_only_answers_are_collected() -> None:
    def target(asked: Asked) -> object:
        return VLLM.unknown_model() if "typo" in asked.model else "A colour."

    with WireServer(VLLM, target) as asked:
        told = ("answer", cases(), "--target-base", asked.base, "--out", "run", "--target")
        assert "correct the name" in stopped(jury(*told, f"{asked.model}-typo"))
        assert jury(*told, asked.model).code == 0


def test_what_was_judged_keeps_its_folder_though_a_model_goes_away() -> None:
    answers = iter(["A colour."])
    with (
        WireServer(VLLM, juror) as jurors,
        WireServer(OPENAI, lambda _: next(answers, None) or OPENAI.unknown_model()) as asked,
    ):
        assert "correct the name" in stopped(jury(*command(jurors, asked.model, asked.base, "--in-flight", "1")))
        other = jury(*command(jurors, "openai/another", asked.base))
    assert other.code == 2
    assert "run holds another run, with another target" in other.err


def test_a_deployment_of_ones_own_needs_an_address_and_is_shown_every_image() -> None:
    with WireServer(VLLM, juror) as jurors, WireServer(AZURE, lambda _: "A colour.") as asked:
        said = complaint(*command(jurors, asked.model, None))
        assert f"model '{asked.model}' has no address" in said
        assert "--target-base" in said
        assert "AZURE_API_BASE" in said
        assert asked.asked == []
        finished(jury(*command(jurors, asked.model, asked.base)))
    assert [len(one.images) for one in asked.asked] == [1, 1]


def test_a_local_model_needs_an_address_and_a_server_there_and_is_shown_every_image() -> None:
    with WireServer(VLLM, lambda _: "A colour.") as nobody:
        pass
    with WireServer(VLLM, juror) as jurors, WireServer(VLLM, lambda _: "A colour.") as asked:
        said = complaint(*command(jurors, asked.model, None))
        assert f"model '{asked.model}' has no address" in said
        assert "HOSTED_VLLM_API_BASE" in said
        down = stopped(jury(*command(jurors, asked.model, nobody.base, "--tries", "1")))
        assert f"no server answers at {nobody.base}" in down
        assert "--target-base" in down
        finished(jury(*command(jurors, asked.model, asked.base)))
    assert [len(one.images) for one in asked.asked] == [1, 1]


def test_a_local_juror_without_an_address_is_no_call_to_anybody() -> None:
    with WireServer(OPENAI, lambda _: "A colour.") as asked:
        panel = seated("hosted_vllm/juror", None)
        said = complaint(
            *("run", cases(), "--target", asked.model, "--target-base", asked.base, "--jury", "poll"),
            *("--panel", panel, "--rubric", "safebench", "--out", "run"),
        )
    assert "model 'hosted_vllm/juror' has no address" in said
    assert "api_base in the panel's file" in said
    assert asked.asked == []


def test_the_doctor_says_that_a_model_has_no_address_and_makes_no_call() -> None:
    told = jury("doctor", "--target", "hosted_vllm/juror", "--json")
    (model,) = told.document["models"]
    assert (told.code, model["verdict"], model["calls"]) == (1, "wrong_address", 0)
    assert "HOSTED_VLLM_API_BASE" in model["findings"][0]["detail"]
