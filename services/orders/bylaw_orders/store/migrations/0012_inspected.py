"""What became of returned goods once the warehouse had looked at them."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "orders_0012"
down_revision = "orders_0011"


def upgrade() -> None:
    """Makes room for it on the slips of tickets, and among what is heard of inventory."""
    op.execute("""
        alter table ticket_return_lines
            add column resold numeric(21, 6) not null default 0,
            add column scrapped numeric(21, 6) not null default 0,
            add column supplied numeric(21, 6) not null default 0;
        alter table heard_stock drop constraint heard_stock_kind_check,
            add constraint heard_stock_kind_check check (kind between 1 and 8);
    """)


def downgrade() -> None:
    """Takes it away, and what was heard of it."""
    op.execute("""
        delete from heard_stock where kind > 6;
        alter table heard_stock drop constraint heard_stock_kind_check,
            add constraint heard_stock_kind_check check (kind between 1 and 6);
        alter table ticket_return_lines drop column resold, drop column scrapped, drop column supplied;
    """)
