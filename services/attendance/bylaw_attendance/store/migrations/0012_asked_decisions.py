"""The decisions that people were asked for, by subject."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0012"
down_revision = "attendance_0011"


def upgrade() -> None:
    """Makes the table."""
    op.execute("""
        create table asked_decisions (decision uuid primary key, kind text not null, subject text not null);
        create index asked_decisions_by_subject on asked_decisions (subject);
    """)


def downgrade() -> None:
    """Drops it."""
    op.drop_table("asked_decisions")
