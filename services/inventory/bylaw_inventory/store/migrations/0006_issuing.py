"""Which papers are needed, what was refused for lack of them; special goods and their keepers; parcels."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "inventory_0006"
down_revision = "inventory_0005"


def upgrade() -> None:
    """Makes the tables."""
    op.execute("""
        create table paper_rules (
            id uuid primary key, warehouse uuid references warehouses,
            kind smallint not null check (kind between 1 and 8),
            first_day date not null, needs jsonb not null, reason text not null check (reason <> ''),
            set_at timestamptz not null, set_by text not null
        );
        create index paper_rules_of on paper_rules (warehouse, id desc);
        create table refused_movements (
            id uuid primary key, warehouse uuid not null references warehouses,
            kind smallint not null check (kind between 1 and 8), day date not null, lines jsonb not null,
            papers jsonb not null, missing jsonb not null, clause text not null,
            attempt bytea not null check (octet_length(attempt) = 32),
            refused_at timestamptz not null, tried_by text not null
        );
        create index refused_movements_newest on refused_movements (warehouse, id desc);
        create index refused_movements_attempts on refused_movements (attempt, refused_at);

        create table parcels (
            id uuid primary key, warehouse uuid not null references warehouses, carrier text not null,
            number text not null, movement uuid not null references movements,
            handed_at timestamptz not null, handed_by text not null
        );
        create unique index parcels_once on parcels (warehouse, lower(carrier), lower(number));
        create index parcels_newest on parcels (warehouse, id desc);
        create table parcel_receipts (
            parcel uuid primary key references parcels, number text not null check (number <> ''),
            recorded_at timestamptz not null, recorded_by text not null
        );

        create table special_goods (
            id uuid primary key, item uuid references items, category text not null,
            warning_zh text not null, warning_en text not null, keepers jsonb not null, reason text not null,
            set_at timestamptz not null, set_by text not null, check ((item is null) = (category <> ''))
        );
        create index special_goods_items on special_goods (item, id desc) where item is not null;
        create index special_goods_categories on special_goods (lower(category), id desc) where item is null;
    """)


def downgrade() -> None:
    """Drops them."""
    for table in ("special_goods", "parcel_receipts", "parcels", "refused_movements", "paper_rules"):
        op.drop_table(table)
