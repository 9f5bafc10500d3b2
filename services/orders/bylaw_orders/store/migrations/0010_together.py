"""Which orders are shipped together."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "orders_0010"
down_revision = "orders_0009"


def upgrade() -> None:
    """Makes room for what orders have in common that go in one parcel."""
    op.execute("""
        alter table orders add column together uuid;
        create index orders_together on orders (together) where together is not null;
    """)


def downgrade() -> None:
    """Takes it away: each goes by itself."""
    op.execute("alter table orders drop column together")
