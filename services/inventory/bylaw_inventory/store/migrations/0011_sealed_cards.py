"""What cards came to when a day was closed last, places by what they are for, prices taken back, channels kept."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "inventory_0011"
down_revision = "inventory_0009"


def upgrade() -> None:
    """Makes the tables. Closed days get the digest of what cards were sealed with; those closed before have none.

    `again` counts the prices of one instant that were taken back before it: of what stands there is one at an instant.
    """
    op.execute("""
        create table sealed_cards (
            balance uuid primary key references balances, warehouse uuid not null references warehouses,
            on_hand numeric(21, 6) not null, reserved numeric(21, 6) not null, entries bigint not null,
            head bytea not null check (octet_length(head) = 32), last_at timestamptz not null
        );
        create index sealed_cards_warehouse on sealed_cards (warehouse);
        create index places_kind on places (warehouse, kind);
        create table sales_channels (
            channel text primary key check (channel <> ''), unit uuid not null, set_at timestamptz not null,
            set_by text not null
        );
        create table price_withdrawals (
            change uuid primary key references price_changes, withdrawn_at timestamptz not null,
            withdrawn_by text not null
        );
        alter table prices add column again smallint not null default 0 check (again >= 0),
            drop constraint prices_item_channel_since_key, add unique (item, channel, since, again);
        alter table closed_days add column cards_digest bytea check (octet_length(cards_digest) = 32);
    """)


def downgrade() -> None:
    """Drops them."""
    op.execute("""
        drop index places_kind;
        drop table sealed_cards, price_withdrawals, sales_channels;
        alter table prices drop column again, add unique (item, channel, since);
        alter table closed_days drop column cards_digest;
    """)
