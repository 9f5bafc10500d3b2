"""Delivery notes, deliveries with their counts and photos, tolerances, fixed places."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "inventory_0002"
down_revision = "inventory_0001"


def upgrade() -> None:
    """Makes the tables."""
    op.execute("""
        create table receiving_rules (
            warehouse uuid not null references warehouses, item uuid not null references items,
            over_percent numeric(8, 4) not null check (over_percent >= 0),
            under_percent numeric(7, 4) not null check (under_percent between 0 and 100),
            changed_at timestamptz not null, changed_by text not null, primary key (warehouse, item)
        );
        create table fixed_places (
            warehouse uuid not null references warehouses, item uuid not null references items,
            place uuid not null references places, changed_at timestamptz not null, changed_by text not null,
            primary key (warehouse, item)
        );

        create table delivery_notes (
            id uuid primary key, warehouse uuid not null references warehouses, supplier text not null,
            number text not null, expected date, blind boolean not null,
            state smallint not null check (state between 1 and 4), created_at timestamptz not null,
            created_by text not null, ended_at timestamptz, ended_by text not null default '',
            end_reason text not null default '', reopen_reason text not null default '',
            check ((ended_at is null) = (state = 1))
        );
        create unique index delivery_notes_once on delivery_notes (warehouse, lower(supplier), lower(number));
        create index delivery_notes_newest on delivery_notes (warehouse, id desc);
        create table delivery_note_lines (
            note uuid not null references delivery_notes, line smallint not null,
            item uuid not null references items, lot text not null, expires date,
            quantity numeric(21, 6) not null check (quantity > 0), primary key (note, line), unique (note, item, lot)
        );

        create table deliveries (
            id uuid primary key, note uuid not null references delivery_notes, number integer not null,
            reference text not null, partial boolean not null, state smallint not null check (state between 1 and 4),
            started_at timestamptz not null, started_by text not null, counted_at timestamptz,
            counted_by text not null default '', remark text not null default '',
            decision smallint check (decision between 1 and 3), movement uuid references movements,
            reason text not null default '', over_reason text not null default '',
            ended_at timestamptz, ended_by text not null default '', unique (note, number),
            check ((state in (1, 2)) = (ended_at is null)), check ((state = 3) = (decision is not null)),
            check (movement is null or decision in (1, 2))
        );
        create unique index deliveries_once on deliveries (note, lower(reference)) where reference <> '';
        create unique index deliveries_movement on deliveries (movement) where movement is not null;
        create table delivery_counts (
            delivery uuid not null references deliveries, number integer not null, item uuid not null references items,
            lot text not null, expires date, condition smallint not null check (condition between 1 and 3),
            difference numeric(21, 6) not null check (difference <> 0), counted_at timestamptz not null,
            counted_by text not null, primary key (delivery, number)
        );
        create table delivery_accepted (
            delivery uuid not null references deliveries, line smallint not null, item uuid not null references items,
            lot text not null, quantity numeric(21, 6) not null check (quantity > 0), primary key (delivery, line),
            unique (delivery, item, lot)
        );
        create table delivery_photos (
            id uuid primary key, delivery uuid not null references deliveries, content_type text not null,
            digest bytea not null, size_bytes integer not null, taken_at timestamptz not null, taken_by text not null,
            unique (delivery, digest)
        );
    """)


def downgrade() -> None:
    """Drops them."""
    for table in (
        "delivery_photos",
        "delivery_accepted",
        "delivery_counts",
        "deliveries",
        "delivery_note_lines",
        "delivery_notes",
        "fixed_places",
        "receiving_rules",
    ):
        op.drop_table(table)
