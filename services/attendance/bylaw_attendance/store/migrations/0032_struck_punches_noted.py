"""Whose punches were struck, so that a closed month beside the one that is corrected is looked at too."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0032"
down_revision = "attendance_0031"


def upgrade() -> None:
    """Notes them as what came late is noted: a night reaches over the edge of a month."""
    op.execute("""
        create function note_struck_punches() returns trigger language plpgsql set search_path from current as $$
        begin
            insert into late_punches (person, month)
            select added.person, generate_series(
                date_trunc('month', timezone('UTC', min(instant)) - interval '3 days'),
                timezone('UTC', max(instant)) + interval '1 day', interval '1 month'
            )::date
            from added join punches on punches.id = added.punch group by added.person;
            return null;
        end $$;
        create trigger note_struck_punches after insert on struck_punches
            referencing new table as added for each statement execute function note_struck_punches();
    """)


def downgrade() -> None:
    """Drops it."""
    op.execute("drop trigger note_struck_punches on struck_punches")
    op.execute("drop function note_struck_punches")
