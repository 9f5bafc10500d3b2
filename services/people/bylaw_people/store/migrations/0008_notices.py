"""Notices, who read them and how they were delivered."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Makes the tables."""
    op.execute("""
        create table notices (
            id uuid primary key, sender uuid references people,
            title_zh text not null, title_en text not null, body_zh text not null, body_en text not null,
            about text not null default '', corrects uuid references notices,
            unit uuid references units, with_subtree boolean not null default false,
            role text not null default '', position uuid references positions,
            standing boolean not null default false, end_date date,
            needs_acknowledgement boolean not null default false, read_by_date date,
            sent_at timestamptz not null, reminded_at timestamptz, withdrawn_at timestamptz, withdrawn_by uuid,
            check (num_nonnulls(unit, nullif(role, ''), position) <= 1),
            check (not standing or (unit is not null and end_date is not null))
        );
        create index notices_sender on notices (sender, id);
        create index notices_corrects on notices (corrects) where corrects is not null;
        create index notices_standing on notices (end_date) where standing and withdrawn_at is null;
        create index notices_to_remind on notices (read_by_date)
            where read_by_date is not null and reminded_at is null and withdrawn_at is null;
        create table notice_addressees (
            notice uuid not null references notices, person uuid not null references people,
            added_at timestamptz not null, read_at timestamptz, acknowledged_at timestamptz, outward_at timestamptz,
            primary key (notice, person), check (acknowledged_at is null or read_at is not null)
        );
        create index notice_addressees_feed on notice_addressees (person, (read_at is not null), notice desc);
        create index notice_addressees_outward on notice_addressees (notice, person) where outward_at is null;
        create table notice_deliveries (
            notice uuid not null, person uuid not null, channel text not null,
            state text not null default 'waiting'
                check (state in ('waiting', 'delivered', 'given-up', 'withdrawn')),
            tries integer not null default 0, due_at timestamptz not null, batch uuid, claimed_at timestamptz,
            last_error text not null default '', delivered_at timestamptz,
            primary key (notice, person, channel), foreign key (notice, person) references notice_addressees,
            check ((state = 'delivered') = (delivered_at is not null))
        );
        create index notice_deliveries_due on notice_deliveries (due_at) where state = 'waiting';
        create index notice_deliveries_batch on notice_deliveries (batch) where batch is not null;
        create table notice_preferences (
            person uuid primary key references people,
            language text not null default 'zh' check (language in ('zh', 'en')),
            outward boolean not null default true
        )
    """)


def downgrade() -> None:
    """Drops them."""
    for table in ("notice_preferences", "notice_deliveries", "notice_addressees", "notices"):
        op.drop_table(table)
