"""Months replayed under another pattern, and the replay an assignment is based on."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0005"
down_revision = "attendance_0004"


def upgrade() -> None:
    """Makes the tables."""
    op.execute("""
        create table replays (
            id uuid primary key, state smallint not null, unit uuid, first_month date not null,
            last_month date not null check (last_month >= first_month), pattern text not null,
            parameters jsonb not null, replaced text not null, created_by text not null, reach jsonb not null,
            created_at timestamptz not null, finished_at timestamptz, total integer not null,
            done integer not null default 0, position jsonb, before_figures bigint[] not null,
            after_figures bigint[] not null, change_count integer not null default 0
        );
        create index replays_created_at on replays (created_at);
        create table replay_months (
            replay uuid not null references replays on delete cascade, person uuid not null, month date not null,
            before_figures integer[], after_figures integer[], change_count integer not null, changes bytea not null,
            faults jsonb, primary key (replay, person, month)
        );
        alter table assignments add column replay uuid;
    """)


def downgrade() -> None:
    """Drops them."""
    op.drop_column("assignments", "replay")
    op.drop_table("replay_months")
    op.drop_table("replays")
