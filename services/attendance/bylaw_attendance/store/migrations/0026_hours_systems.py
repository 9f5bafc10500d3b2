"""By which system of hours an assignment of a pattern is made, and its approval."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0026"
down_revision = "attendance_0025"


def upgrade() -> None:
    """Adds the columns; the version before knows nothing of them, and writes the standard system."""
    op.execute("""
        alter table assignments
            add column hours_system smallint not null default 1 check (hours_system between 1 and 3),
            add column hours_approval text not null default '',
            add constraint assignments_approved check (hours_system = 1 or hours_approval <> '');
    """)


def downgrade() -> None:
    """Drops them."""
    for column in ("hours_system", "hours_approval"):
        op.drop_column("assignments", column)
