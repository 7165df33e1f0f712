"""What rests on a call is found by the call, and who paid for one is known."""

from alembic import op
from sqlalchemy import Column, String

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """Add the index and the table; a ledger that was left half-way has them already."""
    op.create_index("trials_by_call", "trials", ["call"], if_not_exists=True)
    op.create_table(
        "payers",
        Column("call", String(64), primary_key=True),
        Column("run", String(64), nullable=False),
        if_not_exists=True,
    )
