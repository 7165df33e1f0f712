"""Bringing a ledger of an earlier release up to what this one writes: one Alembic revision for every schema."""

from pathlib import Path

from sqlalchemy import Connection


def upgrade(connection: Connection, found: int) -> None:
    """Take a ledger from the schema it was `found` in to the newest. Whatever was begun and not finished is done again."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.stamp(config, str(found), purge=True)
    command.upgrade(config, "head")
