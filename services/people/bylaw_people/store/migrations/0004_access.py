"""Grants to positions, roles of the company's own, permissions of outsiders, and the history of access."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Makes the tables."""
    op.execute("""
        alter table grants alter column person drop not null;
        alter table grants add column position uuid references positions;
        alter table grants add column reason text not null default '';
        alter table grants add constraint grants_one_holder check (num_nonnulls(person, position) = 1);
        create index grants_position on grants (position) where position is not null;
        create index grants_role on grants (role);
        create index grants_granted on grants (granted_at);
        create index grants_ended on grants (ended_at) where ended_at is not null;
    """)
    op.execute("""
        create table roles (
            name text primary key check (name ~ '^[a-z][a-z0-9-]{1,39}$'), revision bigint not null default 1,
            recorded_at timestamptz not null, recorded_by uuid
        );
        create table role_versions (
            role text not null references roles, revision bigint not null, title_zh text not null,
            title_en text not null, permissions text[] not null, deleted boolean not null default false,
            recorded_at timestamptz not null, recorded_by uuid, primary key (role, revision)
        );
        create index role_versions_recorded on role_versions (recorded_at);
        create table outside_accesses (
            id uuid primary key, person uuid not null references people, permitted_by uuid references people,
            start_date date not null, end_date date not null, reason text not null,
            permitted_at timestamptz not null, ended_at timestamptz, ended_by uuid,
            check (end_date >= start_date),
            constraint outside_accesses_apart exclude using gist (
                uuidrange(person, person, '[]') with &&, daterange(start_date, end_date, '[]') with &&
            ) where (ended_at is null)
        );
        create index outside_accesses_person on outside_accesses (person);
        create index outside_accesses_permitted on outside_accesses (permitted_at);
        create index outside_accesses_ended on outside_accesses (ended_at) where ended_at is not null;
    """)


def downgrade() -> None:
    """Drops them; grants to positions are lost."""
    for table in ("outside_accesses", "role_versions", "roles"):
        op.drop_table(table)
    op.execute("""
        delete from grants where person is null;
        drop index grants_role, grants_granted, grants_ended;
        alter table grants drop column position, drop column reason, alter column person set not null;
    """)
