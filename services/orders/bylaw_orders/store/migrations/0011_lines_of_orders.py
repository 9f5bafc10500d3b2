"""Lines are looked at for their orders all at once, and not row by row."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "orders_0011"
down_revision = "orders_0010"


def upgrade() -> None:
    """Has a statement looked at as a whole; an order does not go away under its lines, for its events refer to it."""
    op.execute("""
        alter table order_lines drop constraint order_lines_of_order_fkey;
        create function require_orders() returns trigger language plpgsql
            set search_path from current set enable_seqscan to off as $$
        begin
            if exists (
                select from (select distinct of_order from added) as line
                where (select kept.id from orders as kept where kept.id = line.of_order) is null
            ) then
                raise foreign_key_violation using message = 'a line of no order';
            end if;
            return null;
        end $$;
        create trigger require_orders after insert on order_lines
            referencing new table as added for each statement execute function require_orders();
    """)


def downgrade() -> None:
    """Has each row looked at."""
    op.execute("""
        drop trigger require_orders on order_lines;
        drop function require_orders;
        alter table order_lines add foreign key (of_order) references orders;
    """)
