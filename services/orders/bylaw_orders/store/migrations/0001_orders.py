"""Channels, orders with lines, versions, holds and their history, and what they claim of the stock."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "orders_0001"
down_revision = None


def upgrade() -> None:
    """Makes the tables."""
    op.execute("""
        create table channels (
            id uuid primary key, code text not null, title_zh text not null, title_en text not null,
            platform text not null, shop text not null, unit uuid not null, currency text not null, warehouse uuid,
            sales_channel text not null, shortage smallint not null check (shortage between 1 and 4),
            ship_hours integer not null, deliver_hours integer not null, history boolean not null,
            revision integer not null, created_at timestamptz not null, unique (platform, shop)
        );
        create unique index channels_code on channels (lower(code));

        create table orders (
            id uuid primary key, channel uuid not null references channels, number text not null,
            kind smallint not null check (kind between 1 and 3),
            source_state smallint not null check (source_state between 1 and 8), source_at timestamptz,
            digest bytea not null check (octet_length(digest) = 32), placed_at timestamptz not null,
            paid_at timestamptz, currency text not null, shipping bigint not null, discount bigint not null,
            total bigint not null, paid bigint not null, refunded bigint not null, promotion text not null,
            payment smallint not null check (payment between 1 and 5),
            fulfilment smallint not null check (fulfilment between 1 and 10),
            after_sales smallint not null check (after_sales between 1 and 3),
            holds smallint not null check (holds >= 0), ship_by timestamptz, deliver_by timestamptz,
            rounds smallint not null, cancelled_at timestamptz, revision integer not null,
            created_at timestamptz not null, created_by text not null, unique (channel, number)
        ) with (fillfactor = 80);
        create index orders_newest on orders (placed_at desc, id desc);
        create index orders_of_channel on orders (channel, placed_at desc, id desc);
        create index orders_number on orders (number);
        create index orders_held on orders (placed_at desc, id desc) where holds > 0;
        create index orders_by_fulfilment on orders (fulfilment, placed_at desc, id desc) where fulfilment < 8;

        create table order_lines (
            of_order uuid not null references orders, line smallint not null,
            kind smallint not null check (kind between 1 and 3), code text not null, title text not null, item uuid,
            unit text not null, quantity numeric(21, 6) not null, unit_price numeric(18, 6) not null,
            discount bigint not null, amount bigint not null,
            cancelled numeric(21, 6) not null default 0, issued numeric(21, 6) not null default 0,
            returned numeric(21, 6) not null default 0, primary key (of_order, line)
        ) with (fillfactor = 80);

        create table order_versions (
            of_order uuid not null references orders, revision integer not null, source_at timestamptz,
            source_state smallint not null, replaced_at timestamptz not null, content jsonb not null,
            primary key (of_order, revision)
        );

        create table order_holds (
            id uuid primary key, of_order uuid not null references orders, line smallint not null,
            said text not null check (said <> ''), clause text not null, zh text not null, en text not null,
            opened_at timestamptz not null, ended_at timestamptz, ended_by text not null default '',
            end_reason text not null default ''
        );
        create unique index order_holds_open on order_holds (of_order, said, line) where ended_at is null;
        create index order_holds_of_order on order_holds (of_order);

        create table order_events (
            of_order uuid not null references orders, number integer not null, at timestamptz not null,
            kind text not null, actor text not null, reason text not null, data jsonb not null default '{}',
            primary key (of_order, number)
        );

        create table stock_claims (
            reservation uuid primary key, of_order uuid not null references orders, round smallint not null,
            warehouse uuid not null, purpose text not null, partial boolean not null,
            wanted smallint not null check (wanted between 1 and 2),
            state smallint not null check (state between 1 and 7), tries integer not null, due_at timestamptz,
            leased_until timestamptz, reason text not null default '', created_at timestamptz not null,
            unique (of_order, round)
        ) with (fillfactor = 70);
        create index stock_claims_due on stock_claims (due_at) where due_at is not null;
        create table stock_claim_lines (
            reservation uuid not null references stock_claims, item uuid not null,
            quantity numeric(21, 6) not null check (quantity > 0),
            reserved numeric(21, 6) not null default 0 check (reserved between 0 and quantity),
            issued numeric(21, 6) not null default 0 check (issued >= 0), primary key (reservation, item)
        );
    """)


def downgrade() -> None:
    """Drops them."""
    for table in (
        "stock_claim_lines",
        "stock_claims",
        "order_events",
        "order_holds",
        "order_versions",
        "order_lines",
        "orders",
        "channels",
    ):
        op.drop_table(table)
