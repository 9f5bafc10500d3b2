"""The organisation moves to the tables every service has; it is read anew from people's feed."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0002"
down_revision = "attendance_0001"


def upgrade() -> None:
    """Drops attendance's own tables; without a cursor the next look at people's feed begins at its beginning."""
    op.execute("""
        drop table units, heads, people, appointments, sites;
        delete from cursors where feed = 'people';
    """)


def downgrade() -> None:
    """Makes them again, empty, to be filled in the same way."""
    op.execute("""
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
        delete from cursors where feed = 'people';
    """)
