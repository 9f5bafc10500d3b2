"""Days off and worked by the company; withdrawn ones stay and leave their days free."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0015"
down_revision = "attendance_0014"


def upgrade() -> None:
    """Makes the table; the version before knows nothing of it and judges by the official calendar alone."""
    op.execute("""
        create table company_days (
            id uuid primary key, level text not null check (level in ('organisation', 'unit', 'site')),
            subject uuid not null, first_day date not null, last_day date not null, worked boolean not null,
            wording_zh text not null, wording_en text not null,
            published_at timestamptz not null, published_by text not null, revision integer not null default 1,
            withdrawn_at timestamptz, withdrawn_by text, withdraw_reason text,
            check (first_day <= last_day and last_day - first_day < 92),
            constraint company_days_withdrawn_for_a_reason check (
                case when withdrawn_at is null then num_nonnulls(withdrawn_by, withdraw_reason) = 0
                    else withdrawn_by is not null and coalesce(withdraw_reason, '') <> '' end
            ),
            constraint company_days_one_at_a_time exclude using gist (
                uuidrange(subject, subject, '[]') with &&, daterange(first_day, last_day, '[]') with &&
            ) where (withdrawn_at is null)
        );
        create index company_days_days on company_days (last_day, first_day) where withdrawn_at is null;
    """)


def downgrade() -> None:
    """Drops it."""
    op.drop_table("company_days")
