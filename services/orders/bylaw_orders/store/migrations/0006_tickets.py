"""Tickets with what was written in them, what they move, what channels promise, and reviews of products."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "orders_0006"
down_revision = "orders_0005"


def upgrade() -> None:
    """Makes the tables. What is written in a ticket is sealed by the key of the customer that stands beside it."""
    op.execute("""
        create table asked_decisions (decision uuid primary key, kind text not null, subject text not null);
        create index asked_decisions_by_subject on asked_decisions (subject);

        create table service_policies (
            channel uuid primary key references channels, inquiry_hours integer not null,
            complaint_hours integer not null, return_hours integer not null, refund_hours integer not null,
            exchange_hours integer not null, review_hours integer not null,
            refund_limit bigint not null check (refund_limit >= 0), revision integer not null
        );

        create table tickets (
            id uuid primary key, channel uuid not null references channels, of_order uuid references orders,
            kind smallint not null check (kind between 1 and 5), category text not null,
            customer uuid not null references customers, state smallint not null check (state between 1 and 9),
            created_at timestamptz not null, created_by text not null, first_due_at timestamptz not null,
            due_at timestamptz, assignee uuid, answered_at timestamptz, waits boolean not null,
            level smallint not null check (level between 0 and 2), escalated_at timestamptz,
            goods smallint not null check (goods between 0 and 2), slip text not null, deciding uuid,
            decided_at timestamptz, closed_at timestamptz, closed_by text not null,
            rating smallint not null check (rating between 0 and 5), reopened integer not null,
            check (of_order is not null or kind < 3), check (closed_at is null or deciding is null),
            check (slip <> '' or goods = 0)
        ) with (fillfactor = 80);
        create index tickets_of_channel on tickets (channel, id desc);
        create index tickets_of_order on tickets (of_order, id desc) where of_order is not null;
        create index tickets_of_assignee on tickets (assignee, id desc) where assignee is not null;
        create index tickets_by_state on tickets (state, id desc) where state < 9;
        create index tickets_due on tickets (due_at) where due_at is not null and closed_at is null;
        create index tickets_customer on tickets (customer);
        create unique index tickets_slip on tickets (slip) where slip <> '';

        create table ticket_return_lines (
            ticket uuid not null references tickets, item uuid not null, code text not null,
            quantity numeric(21, 6) not null check (quantity > 0), returned numeric(21, 6) not null default 0,
            primary key (ticket, item)
        );

        create table ticket_messages (
            id uuid primary key, ticket uuid not null references tickets,
            kind smallint not null check (kind between 1 and 7), at timestamptz not null, by text not null,
            customer uuid not null references customers, subject bytea not null, text bytea not null
        );
        create index ticket_messages_of_ticket on ticket_messages (ticket, id);

        create table ticket_actions (
            id uuid primary key, ticket uuid not null references tickets, of_order uuid not null references orders,
            kind smallint not null check (kind between 1 and 3), amount bigint not null check (amount >= 0),
            currency text not null, lines jsonb not null, reason text not null check (reason <> ''),
            state smallint not null check (state between 1 and 6), alone boolean not null, decision uuid,
            asked_at timestamptz not null, asked_by text not null, ended_at timestamptz, ended_by text not null,
            exchange_order uuid references orders, wish_key text, wish_digest bytea,
            check (kind = 3 or amount > 0), check ((ended_at is null) = (state = 1))
        );
        create index ticket_actions_of_ticket on ticket_actions (ticket, id desc);
        create index ticket_actions_of_order on ticket_actions (of_order, id desc);
        create unique index ticket_actions_waiting on ticket_actions (ticket) where state = 1;
        create index ticket_actions_agreed on ticket_actions (id) where state = 2;
        create index ticket_actions_never_asked on ticket_actions (asked_at) where state = 1 and decision is null;
        create unique index ticket_actions_wish on ticket_actions (asked_by, wish_key)
            where wish_key is not null and state = 1;

        create table reviews (
            id uuid primary key, channel uuid not null references channels, number text not null, code text not null,
            stars smallint not null check (stars between 1 and 5), text text not null, placed_at timestamptz not null,
            due_at timestamptz not null, created_at timestamptz not null, answer text not null,
            answered_at timestamptz, answered_by text not null, told_at timestamptz, unique (channel, number),
            check ((answered_at is null) = (answer = ''))
        );
        create index reviews_of_channel on reviews (channel, id);
        create index reviews_newest on reviews (placed_at desc, id desc);
        create index reviews_of_code on reviews (code, placed_at desc, id desc);
        create index reviews_due on reviews (due_at) where answered_at is null;
    """)


def downgrade() -> None:
    """Drops them."""
    for table in (
        "reviews",
        "ticket_actions",
        "ticket_messages",
        "ticket_return_lines",
        "tickets",
        "service_policies",
        "asked_decisions",
    ):
        op.drop_table(table)
