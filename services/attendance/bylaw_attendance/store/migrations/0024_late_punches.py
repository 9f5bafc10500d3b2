"""Whose punches came late and are still to be looked at."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0024"
down_revision = "attendance_0023"


def upgrade() -> None:
    """Makes the table and what fills it, and fills it with what came late to months that are closed by now.

    A trigger, so that whichever version adds punches, and however, none is missed. A month is closed on the 6th at the
    earliest: a punch that a closing did not see is more than a day old when it comes. It may be of the month that it is
    in or of one beside it: a night reaches over, and months are those of the site.
    """
    op.execute("""
        create table late_punches (
            place bigint generated always as identity primary key, person uuid not null, month date not null
        );
        create function note_late_punches() returns trigger language plpgsql set search_path from current as $$
        begin
            insert into late_punches (person, month)
            select person, generate_series(
                date_trunc('month', timezone('UTC', min(instant)) - interval '3 days'),
                timezone('UTC', max(instant)) + interval '1 day', interval '1 month'
            )::date
            from added where instant < greatest(received_at, clock_timestamp()) - interval '1 day' group by person;
            return null;
        end $$;
        create trigger note_late_punches after insert on punches
            referencing new table as added for each statement execute function note_late_punches();
        insert into late_punches (person, month)
        select person, month from closed_sheets closed where version = 1 and exists (
            select from punches where punches.person = closed.person
                and instant >= month - interval '1 day' and instant < month + interval '1 month 3 days'
                and received_at > made_at - interval '1 hour'
        );
    """)


def downgrade() -> None:
    """Drops them."""
    op.execute("drop trigger note_late_punches on punches")
    op.execute("drop function note_late_punches")
    op.execute("drop table late_punches")
