"""The punches beside a closed month as they were when it was closed: they end its last night's overtime."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0033"
down_revision = "attendance_0032"


def upgrade() -> None:
    """Adds the columns; null: closed before, or by the version before, for which the punches of today must do."""
    op.execute("""
        alter table closed_sheets add column beside_seconds bigint[], add column beside_directions bytea;
    """)


def downgrade() -> None:
    """Drops them."""
    for column in ("beside_seconds", "beside_directions"):
        op.drop_column("closed_sheets", column)
