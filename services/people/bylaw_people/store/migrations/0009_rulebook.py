"""The company's own wording of clauses, dated."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Makes the tables."""
    op.execute("""
        create table clauses (
            id text primary key, service text not null, kind text not null check (kind in ('rule', 'record', 'duty')),
            position integer not null, revision bigint not null check (revision > 0),
            recorded_at timestamptz not null, recorded_by uuid
        );
        create table clause_revisions (
            clause text not null references clauses, number bigint not null check (number > 0),
            effective_date date not null, zh text not null check (zh <> ''), en text not null check (en <> ''),
            origin text not null check (origin in ('shipped', 'company', 'restored')), reason text not null,
            retired boolean not null, recorded_at timestamptz not null, recorded_by uuid,
            primary key (clause, number)
        );
        create table rulebook_editions (edition integer primary key);
    """)


def downgrade() -> None:
    """Drops them."""
    for table in ("rulebook_editions", "clause_revisions", "clauses"):
        op.drop_table(table)
