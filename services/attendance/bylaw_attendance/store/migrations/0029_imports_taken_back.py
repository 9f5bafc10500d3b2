"""Imports that were taken back, what each said of its clocks, and clocks that are known from exports alone."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0029"
down_revision = "attendance_0027"


def upgrade() -> None:
    """Adds them; what the version before imports meanwhile is taken back without its clocks, which stay waited for.

    A clock is put down as known from imports alone where one named it, it never pushed, and no punch came otherwise in
    its name: whoever reports for a clock by hand sends its punches too. What the imports before said of it is as far as
    their punches go: what they stated beyond that is not on record.
    """
    op.execute("""
        create table import_revocations (
            import uuid primary key references imports, revoked_at timestamptz not null, revoked_by text not null,
            reason text not null check (reason <> ''), struck_count integer not null check (struck_count >= 0),
            remaining_count integer not null check (remaining_count >= 0), remaining jsonb not null,
            again jsonb not null
        );
        create table import_clocks (
            import uuid references imports, clock uuid, reported_until timestamptz, primary key (import, clock)
        );
        create index import_clocks_of_a_clock on import_clocks (clock);
        alter table struck_punches add column import uuid;
        create index struck_punches_of_imports on struck_punches (punch) where import is not null;
        alter table imports add column warning jsonb;
        alter table clocks add column source smallint not null default 0 check (source between 0 and 2),
            add column first_reported timestamptz;
        insert into import_clocks (import, clock, reported_until)
        select said.import, clocks.id, said.until from (
            select import, device, max(instant) as until from punches where import is not null group by import, device
        ) said join imports on imports.id = said.import
            join clocks on clocks.site = imports.site and clocks.device = said.device;
        update clocks set source = case when formats.exports then 2 else 1 end, first_reported = formats.first
        from (
            select clock, bool_and(format in (5, 6)) as exports, min(reported_until) as first
            from import_clocks join imports on imports.id = import group by clock
        ) formats
        where formats.clock = clocks.id
            and not exists (select from pushing_clocks where pushing_clocks.clock = clocks.id)
            and device not in (select distinct device from punches where import is null);
    """)


def downgrade() -> None:
    """Drops them; what was struck stays so."""
    op.execute("alter table clocks drop column source, drop column first_reported")
    op.execute("alter table imports drop column warning")
    op.execute("alter table struck_punches drop column import")
    op.drop_table("import_clocks")
    op.drop_table("import_revocations")
