"""Visits with their entries, rounds of checks with their photos, stock levels with what became of proposals."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "inventory_0007"
down_revision = "inventory_0006"


def upgrade() -> None:
    """Makes the tables."""
    op.execute("""
        create table visits (
            id uuid primary key, warehouse uuid not null references warehouses, person uuid, visitor_name text not null,
            company text not null, purpose text not null, host uuid, in_at timestamptz not null, out_at timestamptz,
            struck_out boolean not null default false, strike_reasons jsonb not null default '{}',
            forgotten_at timestamptz, check (out_at >= in_at),
            check (forgotten_at is null or (person is null and visitor_name = '' and company = '' and purpose = ''))
        );
        create index visits_newest on visits (warehouse, id desc);
        create unique index visits_of_person_inside on visits (warehouse, person)
            where out_at is null and not struck_out and person is not null;
        create unique index visits_of_visitor_inside on visits (warehouse, lower(visitor_name), lower(company))
            where out_at is null and not struck_out and person is null;
        create index visits_to_forget on visits (in_at) where forgotten_at is null;
        create table visit_entries (
            id uuid primary key, visit uuid not null references visits, side smallint not null check (side in (1, 2)),
            at timestamptz not null, strikes uuid unique references visit_entries, recorded_at timestamptz not null,
            recorded_by text not null
        );
        create index visit_entries_of_visit on visit_entries (visit, id);

        create table house_rounds (
            id uuid primary key, warehouse uuid not null references warehouses, day date not null,
            side smallint not null check (side in (1, 2)), keeper text not null, handed_in_at timestamptz not null,
            locks text not null, goods text not null, surroundings text not null, unique (warehouse, day, side, keeper)
        );
        create index house_rounds_newest on house_rounds (warehouse, id desc);
        create table round_photos (
            id uuid primary key, round uuid not null references house_rounds, kind smallint not null,
            content_type text not null, digest bytea not null check (octet_length(digest) = 32),
            size_bytes integer not null, taken_at timestamptz not null, taken_by text not null, unique (round, digest)
        );

        create table stock_levels (
            warehouse uuid not null references warehouses, item uuid not null references items,
            reorder_point numeric(21, 6) check (reorder_point >= 0), reorder_quantity numeric(21, 6),
            lead_days smallint not null, safety_days smallint not null, cover_days smallint not null,
            changed_at timestamptz not null, changed_by text not null, primary key (warehouse, item),
            check ((reorder_point is null) = (lead_days > 0) and (reorder_point is null) = (reorder_quantity is null))
        );
        create table stock_proposal_outcomes (
            id uuid primary key, warehouse uuid not null references warehouses, item uuid not null references items,
            kind smallint not null, result smallint not null, reason text not null, quiet_until date not null,
            recorded_at timestamptz not null, recorded_by text not null
        );
        create index stock_proposal_outcomes_newest on stock_proposal_outcomes (warehouse, id desc);
        create index stock_proposal_outcomes_quiet on stock_proposal_outcomes (warehouse, item, kind, quiet_until);
    """)


def downgrade() -> None:
    """Drops them."""
    for table in (
        "stock_proposal_outcomes",
        "stock_levels",
        "round_photos",
        "house_rounds",
        "visit_entries",
        "visits",
    ):
        op.drop_table(table)
