"""Checks of what is packed with their scans, where they are needed; decisions on returned goods with their photos."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "inventory_0009"
down_revision = "inventory_0008"


def upgrade() -> None:
    """Makes the tables; a movement may be scrap of a return."""
    op.execute("""
        create table pack_checks (
            id uuid primary key, warehouse uuid not null references warehouses,
            reservation uuid references reservations, movement uuid references movements,
            started_at timestamptz not null, started_by text not null,
            state smallint not null default 1 check (state between 1 and 4), ended_at timestamptz,
            ended_by text not null default '', reason text not null default '',
            check ((reservation is null) <> (movement is null)), check ((state = 1) = (ended_at is null)),
            check (state <> 3 or reason <> '')
        );
        create index pack_checks_newest on pack_checks (warehouse, id desc);
        create index pack_checks_of_reservation on pack_checks (reservation) where reservation is not null;
        create index pack_checks_of_movement on pack_checks (movement) where movement is not null;
        create unique index pack_checks_open on pack_checks (coalesce(reservation, movement)) where state = 1;
        create table pack_lines (
            pack_check uuid not null references pack_checks, number smallint not null check (number > 0),
            item uuid not null references items, lot uuid not null, wanted numeric(21, 6) not null check (wanted > 0),
            primary key (pack_check, number), unique (pack_check, item, lot)
        );
        create table pack_scans (
            id uuid primary key, pack_check uuid not null references pack_checks, key text not null, code text not null,
            line smallint not null, quantity numeric(21, 6) not null, reason text not null, clause text not null,
            words_zh text not null, words_en text not null, scanned_at timestamptz not null, scanned_by text not null,
            check ((reason = '') = (quantity <> 0)), check (reason <> '' or line > 0)
        );
        create index pack_scans_of_check on pack_scans (pack_check, id);
        create unique index pack_scans_once on pack_scans (pack_check, key) where key <> '';
        create table pack_rules (
            id uuid primary key, warehouse uuid references warehouses, paper smallint not null,
            need smallint not null check (need between 1 and 3), first_day date not null,
            reason text not null check (reason <> ''), set_at timestamptz not null, set_by text not null
        );
        create index pack_rules_of on pack_rules (warehouse, id desc);
        create index parcels_of_movement on parcels (movement);

        alter table movements drop constraint movements_kind_check;
        alter table movements add constraint movements_kind_check check (kind between 1 and 9);
        create table return_decisions (
            id uuid primary key, warehouse uuid not null references warehouses,
            movement uuid not null references movements, supplier_slip text not null,
            decided_at timestamptz not null, decided_by text not null, wish_key text, wish_digest bytea,
            scrap_state smallint not null check (scrap_state between 0 and 5), decision uuid,
            ended_at timestamptz, unique (decided_by, wish_key)
        );
        create index return_decisions_newest on return_decisions (warehouse, id desc);
        create index return_decisions_of_return on return_decisions (movement);
        create table return_decision_lines (
            decision uuid not null references return_decisions on delete cascade, line smallint not null,
            item uuid not null references items, lot uuid not null,
            from_place uuid not null references places, to_place uuid references places,
            quantity numeric(21, 6) not null check (quantity > 0),
            outcome smallint not null check (outcome between 1 and 3),
            cause text not null check (cause <> ''), responsible uuid, booked uuid references movements,
            primary key (decision, line), check (outcome <> 2 or responsible is not null)
        );
        create table return_photos (
            id uuid primary key, movement uuid not null references movements, content_type text not null,
            digest bytea not null check (octet_length(digest) = 32), size_bytes integer not null,
            taken_at timestamptz not null, taken_by text not null, unique (movement, digest)
        );
        create index customer_returns on movements (warehouse, id) where kind = 4;
    """)


def downgrade() -> None:
    """Drops them."""
    op.execute("drop index customer_returns; drop index parcels_of_movement")
    for table in (
        "return_photos",
        "return_decision_lines",
        "return_decisions",
        "pack_rules",
        "pack_scans",
        "pack_lines",
        "pack_checks",
    ):
        op.drop_table(table)
    op.execute("""
        alter table movements drop constraint movements_kind_check;
        alter table movements add constraint movements_kind_check check (kind between 1 and 8);
    """)
