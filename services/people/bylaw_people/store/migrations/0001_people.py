"""Units, positions, sites, people, their dated history, grants, passwords and signing keys."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "0001"
down_revision = None

RECORDED = "recorded_at timestamptz not null, recorded_by uuid"
TITLE = "title_zh text not null, title_en text not null"
DUTIES = "duties_zh text not null default '', duties_en text not null default ''"
SPAN = f"""
    start_date date not null, end_date date, {RECORDED},
    superseded_at timestamptz, superseded_by uuid, check (end_date is null or end_date >= start_date)
"""


def upgrade() -> None:
    """Makes the tables."""
    op.execute("create type uuidrange as range (subtype = uuid)")  # gist over a key without btree_gist
    op.execute(f"""
        create table sites (
            id uuid primary key, code text not null unique, {TITLE}, time_zone text not null, calendar text not null,
            {RECORDED}
        );
        create table units (
            id uuid primary key, code text not null unique, revision bigint not null default 1, {RECORDED}
        );
        create table unit_versions (
            unit uuid not null references units, valid_from date not null, revision bigint not null, {TITLE},
            kind text not null check (kind in ('company', 'department', 'team')), parent uuid references units,
            {DUTIES}, {RECORDED}, primary key (unit, valid_from, revision),
            check ((kind = 'company') = (parent is null))
        );
        create index unit_versions_parent on unit_versions (parent);
        create table positions (
            id uuid primary key, code text not null unique, {TITLE}, unit uuid not null references units, {DUTIES},
            {RECORDED}
        );
        create table people (
            id uuid primary key, number text not null unique, display_name text not null, login text unique,
            revision bigint not null default 1, {RECORDED}
        );
        create table appointments (
            id uuid primary key, person uuid not null references people, unit uuid not null references units,
            position uuid references positions, site uuid not null references sites,
            employment_kind text not null check (employment_kind in ('formal', 'temporary', 'external')), {SPAN},
            constraint appointments_apart exclude using gist (
                uuidrange(person, person, '[]') with &&, daterange(start_date, end_date, '[]') with &&
            ) where (superseded_at is null)
        );
        create index appointments_person on appointments (person) where superseded_at is null;
        create index appointments_unit on appointments (unit) where superseded_at is null;
        create table headships (
            id uuid primary key, unit uuid not null references units, person uuid not null references people, {SPAN},
            constraint headships_apart exclude using gist (
                uuidrange(unit, unit, '[]') with &&, daterange(start_date, end_date, '[]') with &&
            ) where (superseded_at is null)
        );
        create index headships_unit on headships (unit) where superseded_at is null;
        create index headships_person on headships (person) where superseded_at is null;
    """)
    op.execute("""
        create table grants (
            id uuid primary key, person uuid not null references people, role text not null,
            scope text not null check (scope in ('self', 'unit', 'subtree', 'company')), unit uuid references units,
            start_date date not null, end_date date, granted_at timestamptz not null, granted_by uuid,
            ended_at timestamptz, ended_by uuid,
            check ((scope in ('unit', 'subtree')) = (unit is not null)),
            check (end_date is null or end_date >= start_date)
        );
        create index grants_person on grants (person);
        create table passwords (
            person uuid primary key references people, hash text not null, set_at timestamptz not null, set_by uuid
        );
        create table sign_in_failures (
            key bytea primary key, failures integer not null, last_at timestamptz not null, open_at timestamptz not null
        );
        create table signing_keys (
            id text primary key, public_key bytea not null, wrapped_private_key bytea not null,
            active_from timestamptz not null, recorded_at timestamptz not null
        );
    """)


def downgrade() -> None:
    """Drops them."""
    for table in (
        "signing_keys",
        "sign_in_failures",
        "passwords",
        "grants",
        "headships",
        "appointments",
        "people",
        "positions",
        "unit_versions",
        "units",
        "sites",
    ):
        op.drop_table(table)
    op.execute("drop type uuidrange")
