"""Clocks that push: which are let in and how each is, what they were refused, who knocked, and their commands."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0010"
down_revision = "attendance_0009"


def upgrade() -> None:
    """Makes the tables; the version before knows nothing of them."""
    op.execute("""
        create table pushing_clocks (
            clock uuid primary key references clocks, serial_number text not null unique,
            utc_offset_minutes smallint check (utc_offset_minutes between -840 and 840),
            allowed_lag_seconds smallint not null check (allowed_lag_seconds between 1 and 300),
            registered_at timestamptz not null, registered_by text not null,
            hello_at timestamptz, seen_at timestamptz, since timestamptz, backlog_at timestamptz,
            is_unsettled boolean not null default false,
            stamp text not null default '', operation_stamp text not null default '',
            deviation_seconds integer, time_is_wrong boolean not null default false,
            read_count bigint not null default 0, taken_count bigint not null default 0,
            repeated_count bigint not null default 0, refused_count bigint not null default 0
        );
        create table clock_troubles (
            clock uuid not null references pushing_clocks, kind smallint not null, first_seen_at timestamptz not null,
            last_seen_at timestamptz not null, seen_count bigint not null, ended_at timestamptz,
            primary key (clock, kind)
        );
        create table clock_refused_lines (
            clock uuid not null references pushing_clocks, ordinal bigint generated always as identity,
            line integer not null, field text not null, reason text not null, zh text not null, en text not null,
            primary key (clock, ordinal)
        );
        create table clock_commands (
            number integer generated always as identity primary key, clock uuid not null references pushing_clocks,
            body text not null, asked_at timestamptz not null, asked_by text not null, sent_at timestamptz,
            answered_at timestamptz, result integer
        );
        create index clock_commands_waiting on clock_commands (clock, number) where answered_at is null;
        create table unknown_clocks (
            serial_number text primary key, first_seen_at timestamptz not null, last_seen_at timestamptz not null
        );
    """)


def downgrade() -> None:
    """Drops them."""
    for table in ("unknown_clocks", "clock_commands", "clock_refused_lines", "clock_troubles", "pushing_clocks"):
        op.drop_table(table)
