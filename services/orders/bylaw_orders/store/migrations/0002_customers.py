"""Customers, their wrapped keys, whom each order goes to, and who saw, exported or erased what (CUS-1)."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "orders_0002"
down_revision = "orders_0001"


def upgrade() -> None:
    """Makes the tables. Wrapped keys lie in two tables of their own, so that a back-up can leave them out.

    `area` is the province or country, where it is one that is known: all that is in clear. Hashes are keyed.
    """
    op.execute("""
        create table customers (
            id uuid primary key, identity bytea unique check (octet_length(identity) = 16),
            made_at timestamptz not null, erased_at timestamptz, check (erased_at is null or identity is null)
        );
        create table customer_keys (
            customer uuid primary key references customers, key_id bytea not null check (octet_length(key_id) = 8),
            wrapped bytea not null check (octet_length(wrapped) = 60)
        ) with (fillfactor = 80);
        create index customer_keys_by_master on customer_keys (key_id, customer);
        create table index_keys (
            id smallint primary key check (id = 1), key_id bytea not null check (octet_length(key_id) = 8),
            wrapped bytea not null check (octet_length(wrapped) = 60)
        );
        create table order_recipients (
            of_order uuid primary key references orders, customer uuid not null references customers,
            name bytea, phone bytea, address bytea, region bytea, postcode bytea, email bytea, nick bytea,
            remark bytea, area text not null, phone_hash bytea check (octet_length(phone_hash) = 16),
            tail_hash bytea check (octet_length(tail_hash) = 16),
            nick_hash bytea check (octet_length(nick_hash) = 16), written_at timestamptz not null,
            erased_at timestamptz
        );
        create index order_recipients_customer on order_recipients (customer);
        create index order_recipients_phone on order_recipients (phone_hash) where phone_hash is not null;
        create index order_recipients_tail on order_recipients (tail_hash) where tail_hash is not null;
        create index order_recipients_nick on order_recipients (nick_hash) where nick_hash is not null;
        create table reveals (
            id uuid primary key, at timestamptz not null, by text not null, of_order uuid not null references orders,
            customer uuid not null references customers, kind smallint not null check (kind between 1 and 6),
            reason text not null check (reason <> ''), ticket text not null, flags smallint not null
        );
        create index reveals_by on reveals (by, at);
        create index reveals_order on reveals (of_order);
        create index reveals_at on reveals (at);
        create table customer_searches (
            id uuid primary key, at timestamptz not null, by text not null, kind smallint not null
        );
        create index customer_searches_by on customer_searches (by, at);
        create table customer_exports (
            id uuid primary key, at timestamptz not null, by text not null,
            customer uuid not null references customers, reason text not null check (reason <> ''),
            orders integer not null
        );
        create table erasures (
            customer uuid primary key references customers, id uuid not null unique, at timestamptz not null,
            by text not null, kind smallint not null check (kind between 1 and 3),
            reason text not null check (reason <> ''), orders integer not null
        );
        create index order_recipients_kept on order_recipients (written_at) where erased_at is null;
    """)


def downgrade() -> None:
    """Drops them."""
    for table in (
        "erasures",
        "customer_exports",
        "customer_searches",
        "reveals",
        "order_recipients",
        "index_keys",
        "customer_keys",
        "customers",
    ):
        op.drop_table(table)
