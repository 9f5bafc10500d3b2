"""Cumulative service and birthdays, each change a row of its own."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Makes the table; the version before knows nothing of it."""
    op.execute("""
        create table service_records (
            person uuid not null references people, revision bigint not null check (revision > 0),
            service_since date, birth_month smallint check (birth_month between 1 and 12),
            birth_day smallint check (birth_day between 1 and 31), recorded_at timestamptz not null, recorded_by uuid,
            primary key (person, revision),
            constraint service_records_birthday check (num_nonnulls(birth_month, birth_day) in (0, 2))
        );
    """)


def downgrade() -> None:
    """Drops it."""
    op.drop_table("service_records")
