"""Months that units hand over and close, closed sheets in all their versions, objections."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0018"
down_revision = "attendance_0017"


def upgrade() -> None:
    """Makes the tables; the version before closes nothing, so that it finds nothing closed."""
    op.execute("""
        create table unit_months (
            unit uuid, month date check (extract(day from month) = 1), revision integer not null default 1,
            handed_over_at timestamptz not null, handed_over_by text not null, remark text not null,
            closed_at timestamptz, closed_by text,
            primary key (unit, month),
            constraint unit_months_closed_by_somebody check (num_nonnulls(closed_at, closed_by) in (0, 2))
        );
        create table sheet_reviews (
            person uuid, month date check (extract(day from month) = 1), digest bytea not null,
            reviewed_at timestamptz not null, reviewed_by text not null, remark text not null,
            primary key (person, month)
        );
        create table closed_sheets (
            person uuid, month date check (extract(day from month) = 1), version integer check (version >= 1),
            unit uuid not null, digest bytea not null, body bytea not null, totals integer[] not null,
            judged_from bytea not null, cause smallint not null check (cause between 1 and 3), reason text not null,
            counted_in date check (extract(day from counted_in) = 1), made_at timestamptz not null,
            made_by text not null,
            primary key (person, month, version),
            constraint closed_sheets_corrected_on_record check (
                case when version = 1 then cause = 1 and counted_in is null
                    else cause > 1 and counted_in > month and reason <> '' end
            )
        );
        create index closed_sheets_counted on closed_sheets (counted_in, person) where version > 1;
        create index closed_sheets_of_units on closed_sheets (unit, month) where version = 1;
        create table objections (
            id uuid primary key, person uuid not null, month date not null check (extract(day from month) = 1),
            days date[] not null, text text not null check (text <> ''),
            state smallint not null check (state between 1 and 4), revision integer not null default 1,
            raised_at timestamptz not null, ended_at timestamptz, ended_by text, end_text text,
            constraint objections_ended check (
                case when state = 1 then num_nonnulls(ended_at, ended_by, end_text) = 0
                    else num_nonnulls(ended_at, ended_by, end_text) = 3 end
            ),
            constraint objections_answered_in_words check (state not in (2, 3) or end_text <> '')
        );
        create unique index objections_waiting on objections (person, month) where state = 1;
        create index objections_of_a_month on objections (month, person);
    """)


def downgrade() -> None:
    """Drops them."""
    for table in ("objections", "closed_sheets", "sheet_reviews", "unit_months"):
        op.drop_table(table)
