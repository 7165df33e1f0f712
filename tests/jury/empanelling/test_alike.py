"""Panels of one mind are told as such."""

from jury.empanelling import alike
from jury.records import Juror, Panel


def panel(*jurors: tuple[str, str]) -> Panel:
    return Panel(seats=tuple(Juror(model=model, role=role) for model, role in jurors))


def test_one_family_in_one_role_errs_together():
    told = alike(panel(("openai/gpt-4o", "juror"), ("azure/gpt-4.1", "juror")))
    assert told is not None
    assert "all 2 seats are GPT in the role 'juror'" in told


def test_other_models_or_other_roles_make_a_panel():
    assert alike(panel(("openai/gpt-4o", "juror"), ("anthropic/claude-x", "juror"))) is None
    assert alike(panel(("openai/gpt-4o", "juror"), ("openai/gpt-4o", "lawyer"))) is None
    assert alike(panel(("openai/gpt-4o", "juror"))) is None
