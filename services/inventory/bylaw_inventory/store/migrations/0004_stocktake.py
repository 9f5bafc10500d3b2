"""Stocktakes with counts, results, differences and signatures; frozen places; the decisions that people were asked for."""  # noqa: INP001, E501 - Alembic reads a folder of scripts

from alembic import op

revision = "inventory_0004"
down_revision = "inventory_0003"


def upgrade() -> None:
    """Makes the tables."""
    op.execute("""
        create table asked_decisions (decision uuid primary key, kind text not null, subject text not null);
        create index asked_decisions_by_subject on asked_decisions (subject);

        alter table movements drop constraint movements_kind_check;
        alter table movements add constraint movements_kind_check check (kind between 1 and 8);

        create table stocktakes (
            id uuid primary key, warehouse uuid not null references warehouses, places uuid[] not null,
            items uuid[] not null, percent numeric(9, 6) check (percent between 0 and 100),
            pieces numeric(21, 6) check (pieces >= 0), "freeze" boolean not null,
            state smallint not null check (state between 1 and 7), keeper uuid not null, finance uuid,
            opened_at timestamptz not null, started_at timestamptz, revision integer not null,
            counted_revision integer not null, report text not null,
            submissions integer not null, submitted_at timestamptz, decision uuid, outcome text not null
            check (outcome in ('', 'agreed', 'refused', 'withdrawn')), movements uuid[] not null,
            blocks jsonb not null, ended_at timestamptz, cancel_reason text not null,
            check (percent is null or pieces is null), check (keeper <> finance),
            check ((finance is null) = (started_at is null)), check ((ended_at is null) = (state not in (5, 7))),
            check (state in (1, 7) or finance is not null), check (state = 5 or movements = '{}')
        );
        create index stocktakes_newest on stocktakes (warehouse, id desc);
        create index stocktakes_open on stocktakes (warehouse) where state not in (5, 7);
        create index stocktakes_waiting on stocktakes (submitted_at) where state = 4;
        alter table places add column frozen_by uuid references stocktakes;

        create table stocktake_counts (
            stocktake uuid not null references stocktakes, number integer not null, balance uuid not null,
            item uuid not null references items, place uuid not null references places, lot uuid not null,
            sound numeric(21, 6) not null check (sound >= 0), damaged numeric(21, 6) not null check (damaged >= 0),
            counted_at timestamptz not null, counted_on date not null, counted_by uuid not null,
            recorded_at timestamptz not null, primary key (stocktake, number), check (counted_at <= recorded_at)
        );
        create index stocktake_counts_balance on stocktake_counts (stocktake, balance, counted_at, number);
        create table stocktake_results (
            stocktake uuid not null references stocktakes, revision integer not null, balance uuid not null,
            count integer not null, book numeric(21, 6) not null, entries bigint not null,
            primary key (stocktake, revision, balance)
        );
        create table stocktake_differences (
            stocktake uuid not null references stocktakes, number integer not null, balance uuid not null,
            item uuid not null references items, place uuid not null references places, lot uuid not null,
            kind smallint not null check (kind between 1 and 3), quantity numeric(21, 6) not null check (quantity > 0),
            book numeric(21, 6) not null, cause text not null, responsible uuid, proposal smallint
            check (proposal between 1 and 3), report text not null, movement uuid references movements,
            primary key (stocktake, number), unique (stocktake, balance, kind),
            check ((cause = '') = (responsible is null) and (cause = '') = (proposal is null)),
            check (movement is null or proposal = 1)
        );
        create table stocktake_signatures (
            stocktake uuid not null references stocktakes, revision integer not null, person uuid not null,
            signed_at timestamptz not null, primary key (stocktake, revision, person)
        );
    """)


def downgrade() -> None:
    """Drops them."""
    op.drop_column("places", "frozen_by")
    for table in (
        "stocktake_signatures",
        "stocktake_differences",
        "stocktake_results",
        "stocktake_counts",
        "stocktakes",
        "asked_decisions",
    ):
        op.drop_table(table)
