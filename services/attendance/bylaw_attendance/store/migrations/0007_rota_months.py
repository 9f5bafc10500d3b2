"""How often each person's month of the rota was changed, which is also what a publication holds."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0007"
down_revision = "attendance_0006"


def upgrade() -> None:
    """Makes the table."""
    op.execute("""
        create table rota_months (
            person uuid not null, month date not null check (extract(day from month) = 1),
            revision bigint not null default 0 check (revision >= 0), primary key (person, month)
        );
    """)


def downgrade() -> None:
    """Drops it."""
    op.drop_table("rota_months")
