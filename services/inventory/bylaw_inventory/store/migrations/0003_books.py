"""Days that are closed, spot counts, hand-overs of month reports."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "inventory_0003"
down_revision = "inventory_0002"


def upgrade() -> None:
    """Makes the tables, and says of each warehouse up to which day its books are closed."""
    op.execute("""
        alter table warehouses add column books_closed_through date;
        create index movements_by_day on movements (warehouse, day);
        create table closed_days (
            warehouse uuid not null references warehouses, day date not null, first_day date not null,
            movements bigint not null, entries bigint not null,
            entries_digest bytea not null check (octet_length(entries_digest) = 32), spot_counts bigint not null,
            disagreements jsonb not null, explanation text not null check (char_length(explanation) <= 500),
            closed_at timestamptz not null, closed_by text not null,
            previous bytea not null check (octet_length(previous) = 32),
            seal bytea not null check (octet_length(seal) = 32), primary key (warehouse, day),
            check (first_day <= day)
        );
        create table spot_counts (
            id uuid primary key, warehouse uuid not null references warehouses, item uuid not null references items,
            place uuid not null references places, lot uuid not null, lot_code text not null, balance uuid not null,
            counted numeric(21, 6) not null check (counted >= 0), counted_at timestamptz not null, day date not null,
            on_ledger numeric(21, 6) not null, created_at timestamptz not null, created_by text not null
        );
        create index spot_counts_newest on spot_counts (warehouse, id desc);
        create index spot_counts_by_day on spot_counts (warehouse, day);
        create table month_hand_overs (
            warehouse uuid not null references warehouses, month date not null, version integer not null,
            last_day date not null, lines integer not null, digest bytea not null check (octet_length(digest) = 32),
            remark text not null, handed_over_at timestamptz not null, handed_over_by text not null,
            primary key (warehouse, month, version)
        );
    """)


def downgrade() -> None:
    """Drops them."""
    for table in ("month_hand_overs", "spot_counts", "closed_days"):
        op.drop_table(table)
    op.execute("drop index movements_by_day; alter table warehouses drop column books_closed_through")
