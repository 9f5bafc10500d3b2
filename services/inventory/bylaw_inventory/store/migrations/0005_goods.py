"""Sheets, pictures, category rules, listings, prices and their changes, reviews, stock lists taken in."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "inventory_0005"
down_revision = "inventory_0004"


def upgrade() -> None:
    """Makes the tables."""
    op.execute("""
        create table item_sheets (
            item uuid primary key references items, description_zh text not null, description_en text not null,
            attributes jsonb not null, variant_of uuid references items, options jsonb not null,
            revision integer not null, check (variant_of <> item)
        );
        create index item_sheets_variants on item_sheets (variant_of) where variant_of is not null;
        create table item_pictures (
            id uuid primary key, item uuid not null references items, content_type text not null,
            digest bytea not null check (octet_length(digest) = 32), size_bytes integer not null,
            added_at timestamptz not null, removed_at timestamptz
        );
        create unique index item_pictures_there on item_pictures (item, digest) where removed_at is null;
        create table category_rules (
            id uuid primary key, category text not null, parts smallint[] not null, attributes text[] not null,
            set_at timestamptz not null, set_by text not null
        );
        create unique index category_rules_category on category_rules (lower(category));

        create table listings (
            id uuid primary key, item uuid not null references items, channel text not null check (channel <> ''),
            listed_at timestamptz not null, listed_by text not null, ended_at timestamptz, ended_by text not null,
            end_reason text not null, check ((ended_at is null) = (end_reason = ''))
        );
        create unique index listings_open on listings (item, channel) where ended_at is null;
        create index listings_newest on listings (channel, id desc);

        create table price_changes (
            id uuid primary key, reason text not null, largest_percent numeric(9, 2) not null, state smallint not null
            check (state between 1 and 5), decision uuid, asked_at timestamptz not null, asked_by text not null,
            wish_key text, ended_at timestamptz, ended_by text not null, check ((ended_at is null) = (state = 1))
        );
        create unique index price_changes_wish on price_changes (asked_by, wish_key) where wish_key is not null;
        create index price_changes_waiting on price_changes (asked_at) where state = 1;
        create table price_change_lines (
            change uuid not null references price_changes, line smallint not null, item uuid not null references items,
            channel text not null check (channel <> ''), minor_units bigint not null check (minor_units > 0),
            currency text not null, since timestamptz, old_minor_units bigint, old_currency text,
            waiting boolean not null, primary key (change, line)
        );
        create unique index price_change_times on price_change_lines (item, channel, since) nulls not distinct
            where waiting;
        create table prices (
            id uuid primary key, item uuid not null references items, channel text not null check (channel <> ''),
            minor_units bigint not null check (minor_units > 0), currency text not null, since timestamptz not null,
            change uuid not null references price_changes, decision uuid not null, agreed_at timestamptz not null,
            unique (item, channel, since), check (since >= agreed_at)
        );

        create table goods_reviews (
            id uuid primary key, channel text not null check (channel <> ''), days integer not null,
            opened_at timestamptz not null, opened_by text not null, ended_at timestamptz
        );
        create unique index goods_reviews_open on goods_reviews (channel) where ended_at is null;
        create table goods_review_lines (
            review uuid not null references goods_reviews, item uuid not null references items, listed_at timestamptz,
            issued numeric(21, 6) not null, last_issue date, on_hand numeric(21, 6) not null,
            proposal smallint not null check (proposal between 1 and 4), outcome smallint
            check (outcome between 1 and 5), reason text not null, replacement uuid references items,
            decided_at timestamptz, decided_by text not null, primary key (review, item),
            check ((outcome is null) = (decided_at is null))
        );
        create table goods_review_reminders (
            channel text not null, due date not null, told_at timestamptz not null, primary key (channel, due)
        );

        create table stock_lists (
            id uuid primary key, warehouse uuid not null references warehouses, file_name text not null,
            digest bytea not null check (octet_length(digest) = 32), taken_at timestamptz not null,
            taken_by text not null, unique (warehouse, digest), unique (warehouse, file_name)
        );
    """)


def downgrade() -> None:
    """Drops them."""
    for table in (
        "stock_lists",
        "goods_review_reminders",
        "goods_review_lines",
        "goods_reviews",
        "prices",
        "price_change_lines",
        "price_changes",
        "listings",
        "category_rules",
        "item_pictures",
        "item_sheets",
    ):
        op.drop_table(table)
