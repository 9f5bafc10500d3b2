"""Who cancelled a replay, which patterns it met, and what a person's unfinished ones are counted by."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0008"
down_revision = "attendance_0007"


def upgrade() -> None:
    """Adds the columns; the version before writes neither."""
    op.execute("""
        alter table replays
            add column cancelled_by text not null default '', add column followed text[] not null default '{}';
        create index replays_going_on on replays (created_by) where state in (1, 2);
    """)


def downgrade() -> None:
    """Drops them."""
    op.execute("""
        drop index replays_going_on;
        alter table replays drop column cancelled_by, drop column followed;
    """)
