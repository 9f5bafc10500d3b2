"""Items, warehouses, places, lots, balances with their cards, movements, reservations."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "inventory_0001"
down_revision = None


def upgrade() -> None:
    """Makes the tables."""
    op.execute("""
        create table items (
            id uuid primary key, code text not null, display_name text not null, specification text not null,
            category text not null, unit text not null, fraction_digits smallint not null
            check (fraction_digits between 0 and 6), tracking smallint not null check (tracking between 1 and 3),
            may_go_below_zero boolean not null, revision integer not null, created_at timestamptz not null
        );
        create unique index items_code on items (lower(code));
        create table item_barcodes (
            gtin text primary key, item uuid not null references items, place smallint not null, written text not null
        );
        create index item_barcodes_item on item_barcodes (item);

        create table warehouses (
            id uuid primary key, code text not null, title_zh text not null, title_en text not null, site uuid not null,
            unit uuid not null, created_at timestamptz not null
        );
        create unique index warehouses_code on warehouses (lower(code));
        create table places (
            id uuid primary key, warehouse uuid not null references warehouses, code text not null,
            kind smallint not null check (kind between 1 and 8)
        );
        create unique index places_code on places (warehouse, lower(code));

        create table lots (
            id uuid primary key, item uuid not null references items, code text not null check (code <> ''),
            expires date, unique (item, code)
        );

        create table balances (
            id uuid primary key, item uuid not null references items, place uuid not null references places,
            lot uuid not null, below_zero boolean not null, one_piece boolean not null,
            on_hand numeric(21, 6) not null default 0, reserved numeric(21, 6) not null default 0,
            entries bigint not null default 0, head bytea not null default decode(repeat('00', 32), 'hex'),
            unique (item, place, lot), check (reserved >= 0), check (below_zero or on_hand >= reserved),
            check (not one_piece or on_hand between -1 and 1), check (octet_length(head) = 32)
        ) with (fillfactor = 70);
        create index balances_place on balances (place);

        create table movements (
            id uuid primary key, warehouse uuid not null references warehouses,
            kind smallint not null check (kind between 1 and 7), day date not null, papers jsonb not null,
            reservation uuid, reason text not null, reverses uuid references movements,
            posted_at timestamptz not null, posted_by text not null
        );
        create unique index movements_reversed_once on movements (reverses) where reverses is not null;
        create index movements_newest on movements (warehouse, id desc);
        create table movement_lines (
            movement uuid not null references movements, line smallint not null, item uuid not null, lot uuid not null,
            from_place uuid not null references places, to_place uuid not null references places,
            quantity numeric(21, 6) not null check (quantity > 0), primary key (movement, line),
            check (from_place <> to_place)
        );

        create table reservations (
            id uuid primary key, warehouse uuid not null references warehouses, purpose text not null,
            partial boolean not null, hold_minutes integer not null, state smallint not null
            check (state between 1 and 5), created_at timestamptz not null, created_by text not null,
            expires_at timestamptz, ended_at timestamptz, check ((ended_at is null) = (state in (1, 2)))
        );
        create index reservations_expiring on reservations (expires_at) where state = 1;
        create index reservations_newest on reservations (warehouse, id desc);
        create table reservation_lines (
            reservation uuid not null references reservations, item uuid not null references items,
            place smallint not null, wanted numeric(21, 6) not null check (wanted > 0),
            reserved numeric(21, 6) not null check (reserved between 0 and wanted),
            issued numeric(21, 6) not null default 0 check (issued between 0 and reserved),
            primary key (reservation, item)
        );

        create table entries (
            balance uuid not null references balances, number bigint not null, on_hand numeric(21, 6) not null,
            reserved numeric(21, 6) not null, movement uuid references movements,
            reservation uuid references reservations, day date not null, at timestamptz not null,
            previous bytea not null check (octet_length(previous) = 32),
            hash bytea not null check (octet_length(hash) = 32), primary key (balance, number),
            check (on_hand <> 0 or reserved <> 0), check (movement is not null or reservation is not null),
            check (on_hand = 0 or movement is not null)
        );
        create index entries_movement on entries (movement) where movement is not null;
        create index entries_reservation on entries (reservation) where reservation is not null;
    """)


def downgrade() -> None:
    """Drops them."""
    for table in (
        "entries",
        "reservation_lines",
        "reservations",
        "movement_lines",
        "movements",
        "balances",
        "lots",
        "places",
        "warehouses",
        "item_barcodes",
        "items",
    ):
        op.drop_table(table)
