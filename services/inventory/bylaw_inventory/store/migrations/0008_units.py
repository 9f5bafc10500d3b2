"""Further units of items with their ratios and barcodes, and quantities as they were stated in them."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "inventory_0008"
down_revision = "inventory_0007"


def upgrade() -> None:
    """Makes the table; what is on record was stated in the items' own units, and says nothing more."""
    op.execute("""
        create table item_units (
            id uuid primary key, item uuid not null references items, name text not null check (name <> ''),
            base_quantity numeric(21, 6) not null check (base_quantity > 0),
            per numeric(21, 6) not null check (per > 0), created_at timestamptz not null, retired_at timestamptz
        );
        create unique index item_units_name on item_units (item, lower(name)) where retired_at is null;
        alter table item_barcodes add column unit uuid references item_units;

        alter table movement_lines add column said_unit uuid references item_units,
            add column said_quantity numeric(21, 6) check (said_quantity > 0),
            add check ((said_unit is null) = (said_quantity is null));
        create index movement_lines_said on movement_lines (movement) where said_unit is not null;
        alter table entries add column said text check (said <> '');

        alter table delivery_counts add column said_unit uuid references item_units,
            add column said_quantity numeric(21, 6) check (said_quantity <> 0),
            add check ((said_unit is null) = (said_quantity is null));
        alter table delivery_note_lines add column said_unit uuid references item_units,
            add column said_quantity numeric(21, 6) check (said_quantity > 0),
            add check ((said_unit is null) = (said_quantity is null));
    """)


def downgrade() -> None:
    """Drops them."""
    op.execute("""
        alter table delivery_note_lines drop column said_unit, drop column said_quantity;
        alter table delivery_counts drop column said_unit, drop column said_quantity;
        alter table entries drop column said;
        alter table movement_lines drop column said_unit, drop column said_quantity;
        delete from item_barcodes where unit is not null;
        alter table item_barcodes drop column unit;
        drop table item_units;
    """)
