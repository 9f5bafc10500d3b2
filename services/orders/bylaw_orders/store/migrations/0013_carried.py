"""Who carries an order, as its platform says."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "orders_0013"
down_revision = "orders_0012"


def upgrade() -> None:
    """Makes room for it; of orders that are there already nothing is said until a newer version says it."""
    op.execute("""
        alter table orders
            add column courier text not null default '' check (length(courier) <= 60),
            add column waybill text not null default '' check (length(waybill) <= 100);
    """)


def downgrade() -> None:
    """Takes it away."""
    op.execute("alter table orders drop column courier, drop column waybill")
