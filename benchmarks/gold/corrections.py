"""Gold labels that were changed after a run began. They are kept beside its ledger, whose rows stay as they are."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
from pydantic import ValidationError

from jury.atomic import write_atomically
from jury.errors import InputError
from jury.records import Case, GoldLabel

#: The file in a run's folder that holds them, where there are any.
FILE = "gold.json"

#: The labels of cases, by id, in the place of those that the ledger has.
Corrections = Mapping[str, tuple[GoldLabel, ...]]


def read_corrections(folder: Path) -> Corrections:
    """The corrected labels of a run, none where none was. Raises `InputError` for a file that can't be read."""
    path = folder / FILE
    try:
        content: Any = orjson.loads(path.read_bytes())
        return {case: tuple(map(GoldLabel.model_validate, labels)) for case, labels in content.items()}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise InputError(f"{path} can't be read: {error.strerror}; make it readable") from None
    except (ValueError, ValidationError, TypeError, AttributeError):
        raise InputError(f"{path} holds no labels as a run writes them; remove it and run the command again") from None


def write_corrections(folder: Path, corrections: Corrections) -> None:
    """Keep the corrected labels of a run; without any, there is no file."""
    path = folder / FILE
    if corrections:
        content = {case: [label.model_dump() for label in labels] for case, labels in corrections.items()}
        write_atomically(path, [orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)])
    else:
        path.unlink(missing_ok=True)


def corrected(case: Case, corrections: Corrections) -> Case:
    """The case with the labels that count now."""
    labels = corrections.get(case.id)
    return case if labels is None else case.but(gold=labels)
