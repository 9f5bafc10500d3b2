"""On what orders and inventory disagree."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "orders_0009"
down_revision = "orders_0006"


def upgrade() -> None:
    """Makes the tables."""
    op.execute("""
        create table stock_reconciliations (
            id bigint generated always as identity primary key, at timestamptz not null, reservations integer not null,
            claims integer not null, disagreements integer not null
        );
        create table stock_disagreements (
            id uuid primary key, reservation uuid not null, kind smallint not null check (kind between 1 and 4),
            of_order uuid, warehouse uuid not null, found_at timestamptz not null, gone_at timestamptz
        );
        create unique index stock_disagreements_open on stock_disagreements (reservation, kind) where gone_at is null;
    """)


def downgrade() -> None:
    """Drops them."""
    op.drop_table("stock_disagreements")
    op.drop_table("stock_reconciliations")
