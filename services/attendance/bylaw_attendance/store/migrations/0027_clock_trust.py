"""What clocks are registered with against strangers, and the only commands that may ever wait for one."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0027"
down_revision = "attendance_0026"


def upgrade() -> None:
    """Adds the columns; the version before knows nothing of them, and lets in who knows the serial number."""
    op.execute("""
        alter table pushing_clocks
            add column key_digest bytea, add column key_address text not null default '',
            add column source_networks text[] not null default '{}';
        alter table clock_commands add constraint clock_commands_ask_only check (
            body ~ '^(DATA QUERY|VERIFY SUM) ATTLOG StartTime=[0-9: -]{19}\\tEndTime=[0-9: -]{19}$'
        );
    """)


def downgrade() -> None:
    """Drops them."""
    op.execute("alter table clock_commands drop constraint clock_commands_ask_only")
    for column in ("key_digest", "key_address", "source_networks"):
        op.drop_column("pushing_clocks", column)
