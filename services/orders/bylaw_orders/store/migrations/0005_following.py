"""Goods and stock as inventory's feed tells of them, and how the orders of a channel are checked."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "orders_0005"
down_revision = "orders_0004"


def upgrade() -> None:
    """Makes the tables. What repeats inventory has no keys: inventory alone says no."""
    op.execute("""
        create table known_items (
            item uuid not null, code text not null, code_key text not null, title text not null, unit text not null,
            fraction_digits smallint not null
        );
        create index known_items_item on known_items (item);
        create index known_items_code on known_items (code_key, item);
        create table known_barcodes (gtin text not null, item uuid not null);
        create index known_barcodes_gtin on known_barcodes (gtin, item);
        create index known_barcodes_item on known_barcodes (item);
        create table known_listings (
            listing uuid not null, item uuid not null, channel text not null, listed_at timestamptz not null,
            ended_at timestamptz
        );
        create index known_listings_listing on known_listings (listing);
        create index known_listings_goods on known_listings (item, channel);
        create table known_prices (
            change uuid not null, item uuid not null, channel text not null, minor_units bigint not null,
            currency text not null, since timestamptz not null
        );
        create index known_prices_change on known_prices (change);
        create index known_prices_goods on known_prices (item, channel, since);
        create table known_warehouses (warehouse uuid not null, code text not null, unit uuid not null);
        create index known_warehouses_warehouse on known_warehouses (warehouse);

        create table heard_stock (
            id bigint generated always as identity primary key, kind smallint not null check (kind between 1 and 6),
            subject uuid not null, reservation uuid, warehouse uuid not null, told jsonb not null,
            happened_at timestamptz not null, attempts integer not null default 0,
            try_at timestamptz not null default now(), last_error text not null default '', applied_at timestamptz,
            unique (kind, subject)
        );
        create index heard_stock_waiting on heard_stock (id) where applied_at is null;
        create index heard_stock_about on heard_stock (coalesce(reservation, subject)) where applied_at is null;
        create table stock_returns (
            movement uuid not null, item uuid not null, slips text[] not null, quantity numeric(21, 6) not null,
            happened_at timestamptz not null, primary key (movement, item)
        );
        create index stock_returns_slips on stock_returns using gin (slips);

        create table channel_checks (
            id uuid primary key, channel uuid not null references channels, checks_off text[] not null,
            price_tolerance_percent numeric(5, 2) not null check (price_tolerance_percent between 0 and 100),
            discount_percent numeric(5, 2) not null check (discount_percent between 0 and 100),
            promotion_percent numeric(5, 2) not null check (promotion_percent between 0 and 100),
            quantity_limit numeric(21, 6) not null check (quantity_limit > 0),
            duplicate_hours smallint not null check (duplicate_hours > 0),
            address_characters smallint not null check (address_characters > 0),
            reason text not null check (reason <> ''), set_at timestamptz not null, set_by text not null
        );
        create index channel_checks_newest on channel_checks (channel, set_at desc, id desc);
    """)


def downgrade() -> None:
    """Drops them."""
    for table in (
        "channel_checks",
        "stock_returns",
        "heard_stock",
        "known_warehouses",
        "known_prices",
        "known_listings",
        "known_barcodes",
        "known_items",
    ):
        op.drop_table(table)
