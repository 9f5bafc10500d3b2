"""What people decided of what a service asked: kept as it is told, with whether it has had its effect."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Makes the table."""
    op.execute("""
        create table decided (
            decision uuid primary key, kind text not null, state text not null
                check (state in ('agreed', 'refused', 'withdrawn')),
            subjects text[] not null, requester uuid not null, decided_by uuid, decided_at timestamptz not null,
            clause text not null, attempts integer not null default 0, try_at timestamptz not null default now(),
            last_error text not null default '', applied_at timestamptz
        );
        create index decided_waiting on decided (try_at) where applied_at is null;
    """)


def downgrade() -> None:
    """Drops it."""
    op.drop_table("decided")
