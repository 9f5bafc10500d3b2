"""Counters, and a table to which rows are only added."""

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.execute("""
        create table counters (name text primary key, value bigint not null default 0);
        create table ledger (id bigint generated always as identity primary key, said text not null);
        insert into counters (name) values ('a'), ('b'), ('c'), ('d');
    """)
