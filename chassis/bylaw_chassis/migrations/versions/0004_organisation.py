"""The organisation as people's feed tells it: units, heads, memberships and sites, each with its days."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Makes the tables."""
    op.execute("""
        alter table cursors add column kinds text[] not null default '{}';
        create table organisation_units (
            unit uuid not null, first_day date not null, last_day date, code text not null, title_zh text not null,
            title_en text not null, parent uuid
        );
        create index organisation_units_unit on organisation_units (unit);
        create index organisation_units_parent on organisation_units (parent);
        create table organisation_heads (
            unit uuid not null, person uuid not null, first_day date not null, last_day date, deputy boolean not null
        );
        create index organisation_heads_unit on organisation_heads (unit);
        create index organisation_heads_person on organisation_heads (person);
        create table organisation_people (person uuid not null, number text not null, display_name text not null);
        create index organisation_people_person on organisation_people (person);
        create index organisation_people_number on organisation_people (number);
        create table organisation_stays (
            person uuid not null, first_day date not null, last_day date, unit uuid not null, site uuid,
            position uuid, employment_kind text not null
        );
        create index organisation_stays_person on organisation_stays (person);
        create index organisation_stays_unit on organisation_stays (unit);
        create table organisation_sites (
            site uuid not null, first_day date not null, last_day date, code text not null, title_zh text not null,
            title_en text not null, time_zone text not null, calendar text not null
        );
    """)


def downgrade() -> None:
    """Drops them."""
    for table in ("sites", "stays", "people", "heads", "units"):
        op.drop_table(f"organisation_{table}")
    op.drop_column("cursors", "kinds")
