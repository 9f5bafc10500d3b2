"""Cells of the rota that came, or were changed, at short notice."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0017"
down_revision = "attendance_0016"


def upgrade() -> None:
    """Adds the mark; of what was published before it is not known."""
    op.execute("alter table rota_cells add column short_notice boolean not null default false")


def downgrade() -> None:
    """Drops it."""
    op.drop_column("rota_cells", "short_notice")
