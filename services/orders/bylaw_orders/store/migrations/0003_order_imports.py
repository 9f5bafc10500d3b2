"""Imports of files of orders: their files while they run, sealed, and what became of their lines."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "orders_0003"
down_revision = "orders_0002"


def upgrade() -> None:
    """Makes the tables. Of what stands in a line nothing is kept but why it was refused."""
    op.execute("""
        create table order_imports (
            id uuid primary key, channel uuid not null references channels,
            state smallint not null check (state between 1 and 6), importer text not null, zone text not null,
            file_names text[] not null, file_digest bytea not null, created_by text not null, reach jsonb not null,
            created_at timestamptz not null, taken integer not null default 0, held integer not null default 0,
            updated integer not null default 0, repeated integer not null default 0,
            refused integer not null default 0, orders integer not null default 0,
            oddities jsonb not null default '{}', position integer not null default 0,
            total integer not null default 0, chunk_position integer not null default -1, chunk_at timestamptz,
            refusal jsonb, finished_at timestamptz
        ) with (fillfactor = 80);
        create index order_imports_of_channel on order_imports (channel, id desc);
        create index order_imports_going_on on order_imports (id) where state < 4;

        create table order_import_files (
            of_import uuid not null references order_imports, file smallint not null, content bytea not null,
            primary key (of_import, file)
        );
        alter table order_import_files alter column content set storage external;

        create table order_import_chunks (
            of_import uuid not null references order_imports, position integer not null, rows bytea not null,
            counts bytea not null, outcomes bytea not null, orders bytea not null, refused jsonb not null,
            primary key (of_import, position)
        );
    """)


def downgrade() -> None:
    """Takes them away."""
    op.execute("drop table order_import_chunks, order_import_files, order_imports")
