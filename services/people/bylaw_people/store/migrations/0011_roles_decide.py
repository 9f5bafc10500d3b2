"""Steps of decisions that ask whoever holds a role."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "0011"
down_revision = "0010"

KINDS = "alter table decision_slots drop constraint decision_slots_kind_check, add constraint decision_slots_kind_check"


def upgrade() -> None:
    """One more column, with a default by which the version before goes on writing."""
    op.execute(f"""
        alter table decision_slots add column role text not null default '';
        {KINDS} check (kind in ('head', 'opinion', 'position', 'person', 'role')),
            add constraint decision_slots_role check ((kind = 'role') = (role <> ''));
    """)


def downgrade() -> None:
    """Takes it away; fails while a step that asks a role is on record."""
    op.execute(f"""
        {KINDS} check (kind in ('head', 'opinion', 'position', 'person')), drop constraint decision_slots_role;
        alter table decision_slots drop column role;
    """)
