"""The organisation as people tells it, punches, imports, clocks, assignments, plans and sheets."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0001"
down_revision = None


def upgrade() -> None:
    """Makes the tables."""
    op.execute("""
        create type uuidrange as range (subtype = uuid);

        create table units (
            unit uuid not null, first_day date not null, last_day date, code text not null, title_zh text not null,
            title_en text not null, parent uuid, primary key (unit, first_day)
        );
        create index units_parent on units (parent);
        create table heads (
            unit uuid not null, person uuid not null, first_day date not null, last_day date,
            primary key (unit, first_day)
        );
        create table people (person uuid primary key, number text not null, display_name text not null);
        create index people_number on people (number);
        create table appointments (
            person uuid not null, first_day date not null, last_day date, unit uuid not null, site uuid,
            primary key (person, first_day)
        );
        create index appointments_unit on appointments (unit);
        create table sites (
            site uuid primary key, code text not null, title_zh text not null, title_en text not null,
            time_zone text not null, calendar text not null
        );
        create index sites_code on sites (code);

        create table punches (
            id uuid primary key, person uuid not null, instant timestamptz not null, local_text text not null,
            utc_offset_minutes smallint not null, time_zone text not null, device text not null,
            direction smallint not null check (direction between 0 and 2), status text not null, source text not null,
            received_at timestamptz not null, import uuid
        );
        create unique index punches_natural_key on punches (person, instant, device, status);

        create table imports (
            id uuid primary key, state smallint not null, file_name text not null, format smallint not null,
            site uuid not null, device text not null, complete_until date, created_by text not null,
            reach jsonb not null, file_digest bytea not null, read_count integer not null default 0,
            taken_count integer not null default 0, repeated_count integer not null default 0,
            refused_count integer not null default 0, position integer not null default 0,
            total integer not null default 0, refusal jsonb, created_at timestamptz not null,
            finished_at timestamptz
        );
        create table import_files (import uuid primary key references imports, content bytea not null);
        create table refused_lines (
            import uuid not null references imports, ordinal bigint generated always as identity,
            line integer not null, field text not null, reason text not null, zh text not null, en text not null,
            primary key (import, line, ordinal)
        );
        create table repeated_lines (
            import uuid not null references imports, position integer not null, lines integer[] not null,
            primary key (import, position)
        );

        create table clocks (
            id uuid primary key, site uuid not null, device text not null, reported_until timestamptz,
            retire_date date, unique (site, device)
        );

        create table assignments (
            id uuid primary key, subject_kind text not null check (subject_kind in ('organisation', 'unit', 'person')),
            subject uuid not null, pattern text not null, parameters jsonb not null, first_day date not null,
            last_day date check (last_day >= first_day), created_at timestamptz not null, created_by text not null,
            constraint assignments_one_at_a_time exclude using gist (
                uuidrange(subject, subject, '[]') with &&, daterange(first_day, last_day, '[]') with &&
            )
        );

        create table plans (key bytea primary key, body bytea not null);
        create table sheets (
            person uuid not null, month date not null, digest bytea not null, body bytea not null,
            totals integer[] not null, judged_at timestamptz not null, primary key (person, month)
        );
    """)


def downgrade() -> None:
    """Drops them."""
    for table in (
        "sheets",
        "plans",
        "assignments",
        "clocks",
        "repeated_lines",
        "refused_lines",
        "import_files",
        "imports",
        "punches",
        "sites",
        "appointments",
        "people",
        "heads",
        "units",
    ):
        op.drop_table(table)
    op.execute("drop type uuidrange")
