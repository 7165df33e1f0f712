"""Answers outlive the jury that asked for them: a table of their own."""

from alembic import op
from sqlalchemy import Column, String, Text

revision = "2"
down_revision = "1"


def upgrade() -> None:
    """Add the table; a ledger that was left half-way has it already."""
    op.create_table(
        "answers",
        Column("run", String(64), primary_key=True),
        Column("case_id", Text, primary_key=True),
        Column("record", Text, nullable=False),
        Column("digest", String(64), nullable=False),
        if_not_exists=True,
    )
