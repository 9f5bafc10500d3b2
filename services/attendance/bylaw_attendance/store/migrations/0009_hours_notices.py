"""Notices that change working hours; withdrawn ones stay and leave their days free."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0009"
down_revision = "attendance_0008"


def upgrade() -> None:
    """Makes the table; the version before knows nothing of it and judges by the pattern alone."""
    op.execute("""
        create table hours_notices (
            id uuid primary key, level text not null check (level in ('organisation', 'unit', 'site')),
            subject uuid not null, first_day date not null, last_day date not null, spans jsonb not null,
            cause smallint not null, wording_zh text not null, wording_en text not null,
            published_at timestamptz not null, published_by text not null, revision integer not null default 1,
            withdrawn_at timestamptz, withdrawn_by text, withdraw_reason text,
            check (first_day <= last_day and last_day - first_day < 92),
            constraint hours_notices_withdrawn_for_a_reason check (
                case when withdrawn_at is null then num_nonnulls(withdrawn_by, withdraw_reason) = 0
                    else withdrawn_by is not null and coalesce(withdraw_reason, '') <> '' end
            ),
            constraint hours_notices_one_at_a_time exclude using gist (
                uuidrange(subject, subject, '[]') with &&, daterange(first_day, last_day, '[]') with &&
            ) where (withdrawn_at is null)
        );
        create index hours_notices_days on hours_notices (last_day, first_day) where withdrawn_at is null;
    """)


def downgrade() -> None:
    """Drops it."""
    op.drop_table("hours_notices")
