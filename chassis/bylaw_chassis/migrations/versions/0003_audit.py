"""The audit trail: entries, and the seals over them."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute("""
        create table audit (
            id bigint generated always as identity (cache 1) primary key,
            xid xid8 not null default pg_current_xact_id(),
            incarnation timestamptz not null default pg_postmaster_start_time(),
            recorded_at timestamptz not null,
            actor text not null, session text not null, on_behalf_of text not null, method text not null,
            targets text[] not null, fields text[] not null, sources text[] not null, scopes text[] not null,
            address text not null, trace_id text not null, reason text not null, clause text not null,
            dropped integer not null check (dropped >= 0), digest text not null
        );
        create index audit_order on audit (incarnation, xid);
        create index audit_actor on audit (actor, id);
        create index audit_things on audit using gin (targets, sources);
        create index audit_time on audit using brin (recorded_at);
        create index audit_clause on audit (clause, recorded_at) where clause <> '';
        create table audit_seals (
            number bigint primary key check (number > 0),
            previous bytea not null unique, head bytea not null unique,
            incarnation timestamptz not null, from_xid xid8 not null, to_xid xid8 not null check (from_xid < to_xid),
            first_id bigint not null, last_id bigint not null check (first_id <= last_id),
            entries integer not null check (entries > 0), marks bytea not null, sealed_at timestamptz not null,
            check (length(previous) = 32 and length(head) = 32 and length(marks) = 16 * entries)
        );
        create index audit_seals_incarnation on audit_seals (incarnation, number);
    """)


def downgrade() -> None:
    for table in ("audit_seals", "audit"):
        op.drop_table(table)
