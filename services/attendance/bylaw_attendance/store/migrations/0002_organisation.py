"""The organisation moves to the tables every service has."""  # noqa: INP001 - Alembic reads a folder of scripts

revision = "attendance_0002"
down_revision = "attendance_0001"


def upgrade() -> None:
    """Makes the tables."""


def downgrade() -> None:
    """Drops them."""
