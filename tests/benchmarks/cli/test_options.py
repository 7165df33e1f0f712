"""Options made from the fields of a record: names, types, ranges and defaults are stated once, in the record."""

from pathlib import Path
from typing import Any

import pytest
import typer
from pydantic import Field
from typer.testing import CliRunner

from benchmarks.cli.options import settings_from
from jury.errors import InputError
from jury.records import JsonObject, Record


class Weights(Record):
    first: float = 1.0
    second: float = 1.0


class Sides(Record):
    out: Path = Field(description="where to")
    number: int = Field(default=3, ge=1, le=9, description="how many")
    share: float | None = Field(default=None, gt=0, description="how much")
    names: tuple[str, ...] = Field(default=("a", "b"), description="of whom")
    params: JsonObject = Field(default_factory=dict, description="anything")
    weights: Weights = Field(default=Weights(), description="what counts")
    hidden: str = Field(default="", description="for Python", json_schema_extra={"option": False})


class Other(Record):
    colour: str | None = Field(default=None, description="which one")


def called(*arguments: str) -> tuple[Any, dict[str, Any]]:
    handed: dict[str, Any] = {}
    app = typer.Typer()

    @app.command()
    @settings_from(sides=Sides, other=Other)
    def command(sides: dict[str, Any], other: dict[str, Any], loud: bool = False) -> None:
        """Say so."""
        handed.update(sides=sides, other=other, loud=loud)

    return CliRunner().invoke(app, list(arguments)), handed


def test_every_field_is_an_option_and_comes_back_in_its_group() -> None:
    finished, handed = called("--out", "x", "--colour", "red", "--loud")
    assert finished.exit_code == 0, finished.output
    assert handed["other"] == {"colour": "red"}
    assert handed["loud"] is True
    assert Sides.model_validate(handed["sides"]) == Sides(out=Path("x"))


def test_lists_and_mappings_are_written_in_one_word() -> None:
    finished, handed = called(
        "--out", "x", "--names", "c, d", "--params", "size=512x512,steps=4,hd=true", "--weights", "second=0.5"
    )
    assert finished.exit_code == 0, finished.output
    sides = Sides.model_validate(handed["sides"])
    assert sides.names == ("c", "d")
    assert sides.params == {"size": "512x512", "steps": 4, "hd": True}
    assert sides.weights == Weights(second=0.5)


def test_a_required_field_is_a_required_option_and_ranges_hold() -> None:
    assert called()[0].exit_code == 2
    assert called("--out", "x", "--number", "10")[0].exit_code == 2


def test_what_is_no_pair_is_named() -> None:
    finished, _ = called("--out", "x", "--params", "size")
    assert isinstance(finished.exception, InputError)
    assert str(finished.exception).startswith("--params: 'size' is not KEY=VALUE")


@pytest.mark.parametrize("words", ["where to", "how many", "1<=x<=9", "a,b", "KEY=VALUE", "--colour"])
def test_the_help_says_what_the_record_says(words: str) -> None:
    assert words in called("--help")[0].output


def test_a_field_for_python_only_is_no_option() -> None:
    assert "--hidden" not in called("--help")[0].output
