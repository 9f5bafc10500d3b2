"""Duties and their occurrences."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Makes the tables."""
    op.execute("""
        create table duties (
            id uuid primary key, service text not null default '', key text not null default '', end_date date,
            revision bigint not null default 1, made_until date not null,
            recorded_at timestamptz not null, recorded_by uuid, check ((service = '') = (key = ''))
        );
        create unique index duties_declared on duties (service, key) where service <> '';
        create index duties_made_until on duties (made_until);
        create table duty_terms (
            id uuid primary key, duty uuid not null references duties, effective_date date not null,
            clause text not null default '', title_zh text not null, title_en text not null,
            instructions_zh text not null default '', instructions_en text not null default '',
            person uuid references people, position uuid references positions, head_of uuid references units,
            rhythm text not null check (rhythm in ('once', 'daily', 'weekly', 'monthly')), at time not null,
            "interval" smallint not null check ("interval" > 0), once_on date, weekdays smallint[] not null,
            month_day smallint not null,
            on_rest_days text not null check (on_rest_days in ('keep', 'skip', 'before', 'after')),
            rest_weekdays smallint[] not null, site uuid references sites,
            proof text not null check (proof in ('none', 'text', 'photo', 'record', 'any')),
            remind_minutes integer not null check (remind_minutes >= 0),
            recorded_at timestamptz not null, recorded_by uuid, superseded_at timestamptz, superseded_by uuid,
            check (num_nonnulls(person, position, head_of) = 1), check ((rhythm = 'once') = (once_on is not null))
        );
        create unique index duty_terms_apart on duty_terms (duty, effective_date) where superseded_at is null;
        create index duty_terms_person on duty_terms (person) where person is not null;
        create index duty_terms_position on duty_terms (position) where position is not null;
        create index duty_terms_head_of on duty_terms (head_of) where head_of is not null;
        create table duty_occurrences (
            id uuid primary key, duty uuid not null references duties, terms uuid not null references duty_terms,
            due_date date not null, due_at timestamptz not null, remind_at timestamptz,
            state text not null default 'open' check (state in ('open', 'done', 'excused', 'dropped')),
            proof_text text not null default '', proof_photo text not null default '',
            proof_photo_sha256 text not null default '', proof_record text not null default '',
            closed_at timestamptz, closed_by uuid references people, excuse text not null default '',
            reminded_at timestamptz, escalated_at timestamptz,
            unique (duty, due_date), check ((state in ('done', 'excused')) = (closed_at is not null)),
            check ((state = 'excused') = (excuse <> ''))
        );
        create index duty_occurrences_due on duty_occurrences (due_at, id);
        create index duty_occurrences_terms on duty_occurrences (terms);
        create index duty_occurrences_overdue on duty_occurrences (due_at)
            where state = 'open' and escalated_at is null;
        create index duty_occurrences_to_remind on duty_occurrences (remind_at)
            where state = 'open' and reminded_at is null and remind_at is not null
    """)


def downgrade() -> None:
    """Drops them."""
    for table in ("duty_occurrences", "duty_terms", "duties"):
        op.drop_table(table)
