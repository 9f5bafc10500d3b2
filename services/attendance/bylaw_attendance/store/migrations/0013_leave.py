"""Requests for leave with what they take of each day, and the ledger of balances, chained for each person."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0013"
down_revision = "attendance_0012"


def upgrade() -> None:
    """Makes the tables; the version before knows nothing of them and judges without leave."""
    op.execute("""
        create table leave_people (
            person uuid primary key, revision bigint not null default 0, entries integer not null default 0,
            head bytea not null default decode(repeat('00', 32), 'hex'), opened date, granted_at timestamptz
        );
        create index leave_people_granted on leave_people (granted_at);
        create table leave_requests (
            id uuid primary key, person uuid not null, wish_key text,
            kind text not null, first_day date not null, last_day date not null,
            starts text not null check (starts in ('first-half', 'second-half')),
            ends text not null check (ends in ('first-half', 'second-half')),
            from_minute smallint, to_minute smallint, reason text not null, evidence text not null,
            policy text not null, title_zh text not null, title_en text not null, clause text not null,
            steps text[] not null, balance text not null,
            balance_unit text not null check (balance_unit in ('days', 'minutes')),
            asked_at timestamptz not null, state smallint not null check (state between 1 and 5), decision uuid,
            revision integer not null default 1, changed_at timestamptz, changed_by text, change_text text,
            check (first_day <= last_day and last_day - first_day < 366),
            check (num_nonnulls(from_minute, to_minute) in (0, 2)),
            check (num_nonnulls(changed_at, changed_by, change_text) in (0, 3))
        );
        create unique index leave_requests_by_wish on leave_requests (person, wish_key);
        create index leave_requests_of_person on leave_requests (person, last_day);
        create index leave_requests_never_asked on leave_requests (asked_at) where state = 1 and decision is null;
        create table leave_days (
            request uuid not null references leave_requests, person uuid not null, work_date date not null,
            part text not null check (part in ('day', 'first-half', 'second-half', 'span')), spans jsonb not null,
            minutes integer not null check (minutes >= 0),
            days_over bigint not null check (days_over >= 0), days_under bigint not null check (days_under > 0),
            stands boolean not null default true, given_back boolean not null default false,
            primary key (request, work_date)
        );
        create index leave_days_of_person on leave_days (person, work_date) where stands;
        create unique index leave_days_first_half on leave_days (person, work_date)
            where stands and days_over > 0 and part in ('day', 'first-half');
        create unique index leave_days_second_half on leave_days (person, work_date)
            where stands and days_over > 0 and part in ('day', 'second-half');
        create table leave_ledger (
            person uuid not null references leave_people, place integer not null check (place > 0),
            kind text not null check (kind in ('grant', 'take', 'give-back', 'correct')),
            balance text not null, day date not null, amount_over bigint not null,
            amount_under bigint not null check (amount_under > 0), key text not null, request text not null,
            expires date, carried_until date, most_over bigint, most_under bigint check (most_under > 0),
            corrects text not null, why_zh text not null, why_en text not null, clause text not null,
            recorded_at timestamptz not null, recorded_by text not null, previous bytea not null, hash bytea not null,
            primary key (person, place), unique (person, key),
            check (amount_over > 0 or kind = 'correct'), check (num_nonnulls(most_over, most_under) in (0, 2))
        );
        create index leave_ledger_of_request on leave_ledger (request) where request <> '';
    """)


def downgrade() -> None:
    """Drops them."""
    for table in ("leave_ledger", "leave_days", "leave_requests", "leave_people"):
        op.drop_table(table)
