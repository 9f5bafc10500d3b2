"""Published rota cells, and where shift patterns failed."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0004"
down_revision = "attendance_0003"


def upgrade() -> None:
    """Makes the tables."""
    op.execute("""
        create table rota_cells (
            person uuid not null, work_date date not null, code text not null check (length(code) <= 32),
            pattern text, parameters jsonb, published_at timestamptz not null, published_by text not null,
            primary key (person, work_date),
            check ((pattern is null) = (parameters is null)), check (code <> '' or pattern is not null)
        );
        create table policy_health (
            id uuid primary key, person uuid not null, month date not null, policy text not null,
            distribution text not null, reason text not null, rule text not null, work_date date,
            first_seen timestamptz not null, last_seen timestamptz not null, seen_count integer not null,
            ended_at timestamptz
        );
        create unique index policy_health_open on policy_health (month, person) where ended_at is null;
    """)


def downgrade() -> None:
    """Drops them."""
    op.drop_table("policy_health")
    op.drop_table("rota_cells")
