"""Parcels of orders, what is known of their way, what customers are told of it, and how promises stand."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "orders_0004"
down_revision = "orders_0003"


def upgrade() -> None:
    """Makes the tables."""
    op.execute("""
        create table parcels (
            id uuid primary key, of_order uuid not null references orders, carrier text not null,
            courier text not null, waybill text not null, movement uuid, handed_over_at timestamptz not null,
            state smallint not null check (state between 1 and 12), since timestamptz, signed_at timestamptz,
            signed_by smallint check (signed_by between 1 and 3), last_at timestamptz,
            question_at timestamptz, leased_until timestamptz, asked_at timestamptz, tries integer not null default 0,
            subscribed_by text not null default '', revision integer not null, created_at timestamptz not null,
            created_by text not null, unique (of_order, waybill)
        ) with (fillfactor = 80);
        create index parcels_waybill on parcels (upper(waybill), handed_over_at desc, id desc);
        create index parcels_question on parcels (question_at) where question_at is not null;
        create index parcels_asked on parcels (asked_at) where asked_at is not null;

        create table track_events (
            id bigint generated always as identity primary key, parcel uuid not null references parcels,
            at timestamptz not null, text text not null, state smallint not null check (state between 0 and 12),
            place text not null, code text not null, signed_by smallint not null check (signed_by between 0 and 3),
            source text not null, actor text not null, reason text not null, heard_at timestamptz not null
        );
        create unique index track_events_once on track_events
            (parcel, at, md5(text), state, code, md5(place), signed_by);

        create table customer_messages (
            parcel uuid not null references parcels, step smallint not null check (step between 1 and 5),
            wanted_at timestamptz not null, ended_at timestamptz, outcome text not null default '',
            primary key (parcel, step)
        );

        create table message_steps (
            channel uuid primary key references channels, steps smallint[] not null,
            language text not null check (language in ('zh', 'en'))
        );

        create table order_promises (
            of_order uuid primary key references orders, promised smallint not null check (promised between 1 and 3),
            why smallint not null check (why between 0 and 6), trouble smallint, since timestamptz not null,
            fulfilment smallint not null, check_at timestamptz
        ) with (fillfactor = 80);
        create index order_promises_listed on order_promises (since, of_order) where promised > 1;
        create index order_promises_check on order_promises (check_at) where check_at is not null;
        create index orders_to_ship on orders (ship_by) where fulfilment < 6 and ship_by is not null;
        create index orders_to_deliver on orders (deliver_by) where fulfilment < 8 and deliver_by is not null;
    """)


def downgrade() -> None:
    """Takes them away."""
    op.execute("""
        drop index orders_to_deliver;
        drop index orders_to_ship;
        drop table order_promises, message_steps, customer_messages, track_events, parcels;
    """)
