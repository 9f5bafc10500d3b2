"""Positions, sites and units in time: deputies, requirements, qualifications, who changed what."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "0003"
down_revision = "0002"

RECORDED = "recorded_at timestamptz not null, recorded_by uuid"
TITLE = "title_zh text not null, title_en text not null"
DUTIES = "duties_zh text not null default '', duties_en text not null default ''"
VERSION = f"closed boolean not null default false, withdrawn boolean not null default false, {RECORDED}"
SPAN = f"""
    start_date date not null, end_date date, {RECORDED},
    superseded_at timestamptz, superseded_by uuid, check (end_date is null or end_date >= start_date)
"""
WORK = "work_zh text not null default '', work_en text not null default ''"
POSITION = f"{TITLE}, unit uuid not null references units, {DUTIES}, {WORK}, requirements jsonb not null default '[]'"
SITE = f"{TITLE}, time_zone text not null, calendar text not null"
UNIT = f"{TITLE}, kind text not null, parent uuid references units, {DUTIES}"
COLUMNS = {
    "unit": "title_zh, title_en, kind, parent, duties_zh, duties_en",
    "position": "title_zh, title_en, unit, duties_zh, duties_en, work_zh, work_en, requirements",
    "site": "title_zh, title_en, time_zone, calendar",
}


def upgrade() -> None:
    """Makes the tables; what was undated before holds for all days."""
    op.execute("alter table unit_versions add closed boolean not null default false")
    op.execute("alter table unit_versions add withdrawn boolean not null default false")
    for thing, own in {"position": POSITION, "site": SITE}.items():
        op.execute(f"alter table {thing}s add column revision bigint not null default 1")
        op.execute(f"""
            create table {thing}_versions (
                {thing} uuid not null references {thing}s, valid_from date not null, revision bigint not null, {own},
                {VERSION}, primary key ({thing}, valid_from, revision)
            )
        """)
    for thing, own in {"unit": UNIT, "position": POSITION, "site": SITE}.items():
        _make_spans(thing, own)
    op.execute("create index unit_spans_parent on unit_spans (parent)")
    op.execute("create index position_spans_unit on position_spans (unit)")
    _fill_versions()
    _make_posts()


def _make_spans(thing: str, own: str) -> None:
    """What holds from a day to a day, kept from the versions on record by the database itself.

    Questions as of a date find their rows by an index, and what they find cannot differ from the record.
    """
    columns = COLUMNS[thing]
    statements = f"""
        create table {thing}_spans (
            {thing} uuid not null references {thing}s, valid_from date not null, valid_to date, {own},
            primary key ({thing}, valid_from)
        );
        create index {thing}_versions_recorded on {thing}_versions (recorded_at);
        create function keep_{thing}_spans() returns trigger language plpgsql set search_path from current as $$
        begin
            delete from {thing}_spans where {thing} in (select {thing} from written);
            insert into {thing}_spans ({thing}, valid_from, valid_to, {columns})
            select {thing}, valid_from, next_from - 1, {columns} from (
                select *, lead(valid_from) over (partition by {thing} order by valid_from) as next_from from (
                    select distinct on ({thing}, valid_from) * from {thing}_versions
                    where {thing} in (select {thing} from written) order by {thing}, valid_from, revision desc
                ) newest where not withdrawn
            ) counting where not closed;
            return null;
        end $$;
        create trigger keep_spans after insert on {thing}_versions
            referencing new table as written for each statement execute function keep_{thing}_spans();
    """  # noqa: S608 - of our own words
    op.execute(statements)


def _fill_versions() -> None:
    ever = "'0001-01-01'"
    statements = f"""
        insert into position_versions (position, valid_from, revision, title_zh, title_en, unit, duties_zh, duties_en,
            recorded_at, recorded_by)
        select id, {ever}, 1, title_zh, title_en, unit, duties_zh, duties_en, recorded_at, recorded_by from positions;
        insert into site_versions (site, valid_from, revision, title_zh, title_en, time_zone, calendar, recorded_at,
            recorded_by)
        select id, {ever}, 1, title_zh, title_en, time_zone, calendar, recorded_at, recorded_by from sites;
        insert into unit_spans (unit, valid_from, valid_to, {COLUMNS["unit"]})
        select unit, valid_from, lead(valid_from) over (partition by unit order by valid_from) - 1, {COLUMNS["unit"]}
        from (
            select distinct on (unit, valid_from) * from unit_versions order by unit, valid_from, revision desc
        ) newest;
    """  # noqa: S608 - of our own words
    op.execute(statements)


def _make_posts() -> None:
    op.execute(f"""
        alter table headships add column limited boolean not null default false;
        create table deputyships (
            id uuid primary key, unit uuid not null references units, person uuid not null references people, {SPAN},
            limited boolean not null default false,
            constraint deputyships_apart exclude using gist (
                uuidrange(unit, unit, '[]') with &&, daterange(start_date, end_date, '[]') with &&
            ) where (superseded_at is null)
        );
        create index deputyships_unit on deputyships (unit) where superseded_at is null;
        create index deputyships_person on deputyships (person) where superseded_at is null;
        alter table appointments add column reason text not null default '';
        alter table appointments add column reason_by uuid;
        create index appointments_position on appointments (position) where superseded_at is null;
        create index appointments_site on appointments (site) where superseded_at is null;
        create index appointments_recorded on appointments (recorded_at);
        create index headships_recorded on headships (recorded_at);
        create index deputyships_recorded on deputyships (recorded_at);
        create table qualifications (
            id uuid primary key, person uuid not null references people, skill text not null,
            experience_months integer not null check (experience_months >= 0), evidence text not null, since date,
            {RECORDED}, superseded_at timestamptz, superseded_by uuid
        );
        create unique index qualifications_skill on qualifications (person, skill) where superseded_at is null;
    """)


def downgrade() -> None:
    """Drops them."""
    op.drop_table("qualifications")
    op.drop_table("deputyships")
    for thing in ("unit", "position", "site"):
        op.execute(f"drop trigger keep_spans on {thing}_versions")
        op.execute(f"drop function keep_{thing}_spans")
        op.drop_table(f"{thing}_spans")
    op.execute("alter table appointments drop column reason, drop column reason_by")
    op.execute("alter table headships drop column limited")
    op.execute("drop index unit_versions_recorded, appointments_recorded, headships_recorded")
    op.execute("drop index appointments_position, appointments_site")
    for thing in ("position", "site"):
        op.drop_table(f"{thing}_versions")
        op.drop_column(f"{thing}s", "revision")
    op.execute("alter table unit_versions drop column closed, drop column withdrawn")
